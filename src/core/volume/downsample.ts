import { indexPoint, type LpsPoint } from '../geometry/lps.ts'
import { toIndex, toLps, type VolumeGeometry, voxelCount } from '../geometry/volumeGeometry.ts'
import { type Hu, hu, type Mm } from '../units.ts'
import type { CtVolume } from './ctVolume.ts'
import { measuredTest } from './measuredVoxel.ts'

/**
 * A part or a coarse picture of a CT for methods that look for things: CT numbers as plain floats, everything
 * measured. Values are never printed from it.
 */
export interface SearchVolume extends CtVolume {
  readonly voxels: Float32Array
  readonly rescale: { readonly slope: 1; readonly intercept: Hu }
}

/** What stands where nothing was measured: air, so that finders need no second rule for it. */
const UNMEASURED = hu(-1024)

const searchVolume = (voxels: Float32Array, geometry: VolumeGeometry): SearchVolume => ({
  quantity: 'HU',
  voxels,
  rescale: { slope: 1, intercept: hu(0) },
  geometry,
})

/**
 * A coarse copy in which whole blocks of voxels are averaged, so that each side is about `spacing` mm.
 *
 * Blocks at the far faces may hold fewer voxels. A block without a measured voxel reads as air.
 *
 * @param spacing - Wanted side of a voxel; an axis that is already that coarse keeps its spacing.
 */
export function coarseCopy(volume: CtVolume, spacing: Mm): SearchVolume {
  const { geometry, voxels } = volume
  const isMeasured = measuredTest(volume)
  const { slope, intercept } = volume.rescale
  const [ni, nj, nk] = geometry.size
  const [fi, fj, fk] = geometry.spacing.map((own, axis) =>
    Math.max(1, Math.min(geometry.size[axis]!, Math.round(spacing / own))),
  ) as [number, number, number]
  const size = [Math.ceil(ni / fi), Math.ceil(nj / fj), Math.ceil(nk / fk)] as const
  const out = new Float32Array(size[0] * size[1] * size[2])
  const sums = new Float64Array(size[0] * size[1])
  const counts = new Int32Array(size[0] * size[1])

  for (let block = 0; block < size[2]; block++) {
    sums.fill(0)
    counts.fill(0)
    for (let k = block * fk; k < Math.min(nk, (block + 1) * fk); k++) {
      for (let j = 0; j < nj; j++) {
        const from = ni * (j + nj * k)
        const to = size[0] * Math.floor(j / fj)
        for (let cell = 0, i = 0; cell < size[0]; cell++) {
          let sum = 0
          let n = 0
          for (const end = Math.min(ni, i + fi); i < end; i++) {
            const stored = voxels[from + i]!
            if (!isMeasured(stored)) continue
            sum += stored
            n++
          }
          sums[to + cell]! += sum
          counts[to + cell]! += n
        }
      }
    }
    const at = block * sums.length
    for (let cell = 0; cell < sums.length; cell++) {
      const n = counts[cell]!
      out[at + cell] = n === 0 ? UNMEASURED : (sums[cell]! / n) * slope + intercept
    }
  }
  return searchVolume(out, {
    ...geometry,
    size,
    origin: toLps(geometry, indexPoint((fi - 1) / 2, (fj - 1) / 2, (fk - 1) / 2)),
    spacing: [geometry.spacing[0] * fi, geometry.spacing[1] * fj, geometry.spacing[2] * fk],
  })
}

/** The index box of all voxels whose centre lies within `half` mm of `center` along each world axis, clipped. */
function boxAround(geometry: VolumeGeometry, center: LpsPoint, half: readonly [number, number, number]) {
  const middle = toIndex(geometry, center)
  const low: [number, number, number] = [0, 0, 0]
  const size: [number, number, number] = [0, 0, 0]
  for (const axis of [0, 1, 2] as const) {
    const direction = geometry.axes[axis]
    const reach =
      half[0] * Math.abs(direction[0]) + half[1] * Math.abs(direction[1]) + half[2] * Math.abs(direction[2])
    low[axis] = Math.max(0, Math.ceil(middle[axis] - reach / geometry.spacing[axis] - 1e-6))
    const high = Math.min(
      geometry.size[axis] - 1,
      Math.floor(middle[axis] + reach / geometry.spacing[axis] + 1e-6),
    )
    size[axis] = Math.max(0, high - low[axis] + 1)
  }
  return { low, size }
}

const boxGeometry = (
  geometry: VolumeGeometry,
  { low, size }: ReturnType<typeof boxAround>,
): VolumeGeometry => ({
  ...geometry,
  size,
  origin: toLps(geometry, indexPoint(...low)),
})

/**
 * The part of a volume around a point, in its own resolution, as floats for finders.
 *
 * @param halfSize - Half the side along the world's x, y and z, in mm. What lies beyond the scan is left out, so the
 *   copy may be smaller, or hold no voxel at all.
 */
export function cropCopy(
  volume: CtVolume,
  center: LpsPoint,
  halfSize: readonly [number, number, number],
): SearchVolume {
  const isMeasured = measuredTest(volume)
  const { slope, intercept } = volume.rescale
  const box = boxAround(volume.geometry, center, halfSize)
  const [ni, nj] = volume.geometry.size
  const geometry = boxGeometry(volume.geometry, box)
  const out = new Float32Array(voxelCount(geometry))
  for (let k = 0, at = 0; k < box.size[2]; k++) {
    for (let j = 0; j < box.size[1]; j++) {
      const from = box.low[0] + ni * (box.low[1] + j + nj * (box.low[2] + k))
      for (let i = 0; i < box.size[0]; i++, at++) {
        const stored = volume.voxels[from + i]!
        out[at] = isMeasured(stored) ? stored * slope + intercept : UNMEASURED
      }
    }
  }
  return searchVolume(out, geometry)
}
