import { type LpsVector, lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { cross, normalize } from '../../../../src/core/geometry/vector.ts'
import { toLps, type VolumeGeometry } from '../../../../src/core/geometry/volumeGeometry.ts'
import { hu } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../../../src/core/volume/roi.ts'

/** How the same scene may be stored. The world is the same in all. */
export type StoredOrientation = 'axial' | 'feetFirst' | 'coronal' | 'oblique'

const EXTENT_MM = [200, 160, 150] as const

/** Axes of the grid for each way of storing; `feetFirst` is left-handed. */
const AXES: Readonly<Record<StoredOrientation, readonly [LpsVector, LpsVector, LpsVector]>> = {
  axial: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  feetFirst: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, -1)],
  coronal: [lpsVector(1, 0, 0), lpsVector(0, 0, -1), lpsVector(0, 1, 0)],
  oblique: (() => {
    const normal = normalize(lpsVector(0.1, 0.25, 1))
    const row = normalize(cross(lpsVector(0, 1, 0), normal))
    return [row, cross(normal, row), normal] as const
  })(),
}

/** A grid of this size around the middle of the world. */
export function sceneGeometry(
  orientation: StoredOrientation,
  size: readonly [number, number, number],
): VolumeGeometry {
  const axes = AXES[orientation]
  const extent = axes.map((axis) =>
    Math.max(...axis.map((x, at) => (Math.abs(x) > 0.7 ? EXTENT_MM[at]! : 0)), 150),
  )
  const spacing = extent.map((length, axis) => length / size[axis]!) as unknown as [number, number, number]
  const origin = [0, 1, 2].map((at) =>
    axes.reduce((sum, axis, along) => sum - axis[at]! * spacing[along]! * ((size[along]! - 1) / 2), 0),
  )
  return { size, spacing, axes, origin: lpsPoint(origin[0]!, origin[1]!, origin[2]!) }
}

/** The scene's CT number at a world point: smooth everywhere, different in every direction. */
export const sceneHu = (x: number, y: number, z: number) =>
  40 +
  1.1 * x -
  0.8 * y +
  0.6 * z +
  260 * Math.exp(-((x - 30) ** 2 + (y + 20) ** 2 + (z - 25) ** 2) / (2 * 12 ** 2)) -
  200 * Math.exp(-((x + 35) ** 2 + (y - 25) ** 2 + (z + 30) ** 2) / (2 * 15 ** 2))

/** Stored as scanners do: Uint16 with intercept −1024, or Int16 with slope 0.5 for the oblique grid. */
export function sceneVolume(
  orientation: StoredOrientation,
  size: readonly [number, number, number],
): CtVolume {
  const geometry = sceneGeometry(orientation, size)
  const [ni, nj, nk] = size
  const bytes = new SharedArrayBuffer(2 * ni * nj * nk)
  const isHalf = orientation === 'oblique'
  const rescale = isHalf ? { slope: 0.5, intercept: hu(0) } : { slope: 1, intercept: hu(-1024) }
  const voxels = isHalf ? new Int16Array(bytes) : new Uint16Array(bytes)
  const [di, dj, dk] = geometry.axes.map((axis, at) => axis.map((x) => x * geometry.spacing[at]!)) as [
    number[],
    number[],
    number[],
  ]
  const start = toLps(geometry, [0, 0, 0] as unknown as Parameters<typeof toLps>[1])
  for (let k = 0, at = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++, at++) {
        const x = start[0] + i * di[0]! + j * dj[0]! + k * dk[0]!
        const y = start[1] + i * di[1]! + j * dj[1]! + k * dk[1]!
        const z = start[2] + i * di[2]! + j * dj[2]! + k * dk[2]!
        voxels[at] = Math.round((sceneHu(x, y, z) - rescale.intercept) / rescale.slope)
      }
  return { quantity: 'HU', voxels, rescale, geometry }
}

/** A tilted VOI in the middle of the scene. */
export const sceneVoi: EllipticalCylinder = (() => {
  const normal = normalize(lpsVector(0.05, -0.2, 1))
  const lateral = normalize(cross(lpsVector(0, 1, 0), normal))
  return {
    kind: 'ellipticalCylinder',
    center: lpsPoint(6, -4, 9),
    normal,
    lateral,
    radii: [18, 13],
    height: 12,
  }
})()
