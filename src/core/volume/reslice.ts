import type { LpsPoint, LpsVector } from '../geometry/lps.ts'
import { cross, dot } from '../geometry/vector.ts'
import type { VolumeGeometry } from '../geometry/volumeGeometry.ts'
import type { Mm } from '../units.ts'
import type { CtVolume } from './ctVolume.ts'
import { createSampler } from './sampling.ts'

/** A plane through the patient's world, as it is looked at. */
export interface ViewPlane {
  /** The point shown at the centre of the picture. */
  readonly center: LpsPoint
  /** Unit direction towards the right edge of the picture. */
  readonly right: LpsVector
  /** Unit direction towards the lower edge, at right angles to `right`. */
  readonly down: LpsVector
}

/** How finely and how widely a plane is sampled. */
export interface ResliceRequest {
  /** Side of one square pixel, in mm. */
  readonly pixelSpacing: Mm
  readonly width: number
  readonly height: number
  /** Thickness over which the CT number is averaged, in mm; a single plane when left out. */
  readonly slab?: Mm
}

/** CT numbers on a plane, row by row; NaN outside the scan and where nothing was measured. */
export interface PlaneImage {
  readonly quantity: 'HU'
  readonly plane: ViewPlane
  readonly pixelSpacing: Mm
  readonly width: number
  readonly height: number
  readonly hu: Float32Array
}

/** What one millimetre along a direction is, in columns, rows and slices. */
const indexStep = ({ axes, spacing }: VolumeGeometry, direction: LpsVector) =>
  [
    dot(direction, axes[0]) / spacing[0],
    dot(direction, axes[1]) / spacing[1],
    dot(direction, axes[2]) / spacing[2],
  ] as const

/**
 * Samples a volume on any plane by trilinear interpolation, averaged over a slab if asked.
 *
 * The middle of the picture, between its pixels for even sizes, shows `plane.center`. Pictures only: measurements
 * count voxels and never read a resliced image.
 */
export function reslicePlane(volume: CtVolume, plane: ViewPlane, request: ResliceRequest): PlaneImage {
  const { pixelSpacing, width, height, slab = 0 } = request
  const { geometry } = volume
  const { atIndex } = createSampler(volume)
  const right = indexStep(geometry, plane.right).map((step) => step * pixelSpacing)
  const down = indexStep(geometry, plane.down).map((step) => step * pixelSpacing)
  const layers = 1 + Math.round(slab / Math.min(...geometry.spacing))
  const through = indexStep(geometry, cross(plane.right, plane.down)).map((step) => (step * slab) / layers)
  const fromOrigin = plane.center.map((x, axis) => x - geometry.origin[axis]!)
  const center = geometry.axes.map(
    (axis, to) =>
      (fromOrigin[0]! * axis[0] + fromOrigin[1]! * axis[1] + fromOrigin[2]! * axis[2]) /
      geometry.spacing[to]!,
  )
  const [ri, rj, rk] = right as [number, number, number]
  const [di, dj, dk] = down as [number, number, number]
  const [ti, tj, tk] = through as [number, number, number]

  const out = new Float32Array(width * height)
  for (let row = 0, at = 0; row < height; row++) {
    const v = row - (height - 1) / 2
    for (let column = 0; column < width; column++, at++) {
      const u = column - (width - 1) / 2
      const i = center[0]! + u * ri + v * di
      const j = center[1]! + u * rj + v * dj
      const k = center[2]! + u * rk + v * dk
      let sum = 0
      let n = 0
      for (let layer = 0; layer < layers; layer++) {
        const w = layer - (layers - 1) / 2
        const value = atIndex(i + w * ti, j + w * tj, k + w * tk)
        if (Number.isNaN(value)) continue
        sum += value
        n++
      }
      out[at] = n === 0 ? Number.NaN : sum / n
    }
  }
  return { quantity: 'HU', plane, pixelSpacing, width, height, hu: out }
}
