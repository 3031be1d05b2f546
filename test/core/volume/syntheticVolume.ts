import {
  indexPoint,
  type LpsPoint,
  type LpsVector,
  lpsPoint,
  lpsVector,
} from '../../../src/core/geometry/lps.ts'
import { toLps, type VolumeGeometry, voxelCount } from '../../../src/core/geometry/volumeGeometry.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'

/** A grid along the world's axes. */
export const grid = (
  size: readonly [number, number, number],
  spacing: readonly [number, number, number] = [1, 1, 1],
  origin: LpsPoint = lpsPoint(0, 0, 0),
): VolumeGeometry => ({
  size,
  spacing,
  origin,
  axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
})

/** A volume whose stored value at every voxel centre is a function of the world. */
export function volumeOf(
  geometry: VolumeGeometry,
  value: (point: LpsPoint, offset: number) => number,
  kind: 'int16' | 'float32' = 'int16',
): CtVolume {
  const n = voxelCount(geometry)
  const voxels = kind === 'int16' ? new Int16Array(n) : new Float32Array(n)
  const [ni, nj, nk] = geometry.size
  for (let k = 0, at = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) voxels[at] = value(toLps(geometry, indexPoint(i, j, k)), at)
    }
  }
  return { quantity: 'HU', voxels, rescale: { slope: 1, intercept: hu(0) }, geometry }
}

/** The same voxels in the same places of the world, stored along other axes: `order` permutes them, `flip` reverses. */
export function storedOtherwise(
  volume: CtVolume,
  order: readonly [number, number, number],
  flip: readonly [boolean, boolean, boolean],
): CtVolume {
  const { geometry } = volume
  const first = [0, 0, 0]
  const axes: LpsVector[] = []
  for (const to of [0, 1, 2] as const) {
    const from = order[to] as 0 | 1 | 2
    const axis = geometry.axes[from]
    if (flip[to]) first[from] = geometry.size[from] - 1
    axes[to] = flip[to] ? lpsVector(-axis[0], -axis[1], -axis[2]) : axis
  }
  const size = order.map((from) => geometry.size[from]!) as [number, number, number]
  const voxels = volume.voxels.slice()
  const [ni, nj] = geometry.size
  let at = 0
  for (let c = 0; c < size[2]; c++) {
    for (let b = 0; b < size[1]; b++) {
      for (let a = 0; a < size[0]; a++, at++) {
        const index = [0, 0, 0]
        ;[a, b, c].forEach((step, to) => {
          index[order[to]!] = flip[to] ? size[to]! - 1 - step : step
        })
        voxels[at] = volume.voxels[index[0]! + ni * (index[1]! + nj * index[2]!)]!
      }
    }
  }
  return {
    ...volume,
    voxels,
    geometry: {
      size,
      spacing: order.map((from) => geometry.spacing[from]!) as [number, number, number],
      origin: toLps(geometry, indexPoint(first[0]!, first[1]!, first[2]!)),
      axes: axes as [LpsVector, LpsVector, LpsVector],
    },
  }
}

/** A stream of evenly distributed numbers from 0 to 1 that is the same in every run (mulberry32). */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
