import { QctError } from '../errors.ts'
import type { CtVolume } from './ctVolume.ts'
import { measuredTest } from './measuredVoxel.ts'
import type { Roi } from './roi.ts'
import { forEachRoiVoxel } from './roiVoxels.ts'

/**
 * The measured voxels of a ROI in their bounding box, with the slices along the third axis: the grid axis nearest
 * to the patient's long axis, however the volume is stored.
 */
export interface VoxelBlock {
  /** Columns, rows, slices of the box. */
  readonly size: readonly [number, number, number]
  readonly spacing: readonly [number, number, number]
  /** Where each voxel of the ROI stands in the box: i + ni·(j + nj·k). */
  readonly places: Int32Array
  /** Its CT number. */
  readonly values: Float64Array
}

/** The grid axes as (two in the slice, one through the slices). */
function sliceOrder(volume: CtVolume): readonly [number, number, number] {
  const along = volume.geometry.axes.map((axis) => Math.abs(axis[2]))
  const through = along.indexOf(Math.max(...along))
  return through === 0 ? [1, 2, 0] : through === 1 ? [0, 2, 1] : [0, 1, 2]
}

/**
 * Gathers the measured voxels of a ROI.
 *
 * @throws {QctError} `ROI_INVALID`; `ROI_EMPTY` when the ROI holds no measured voxel.
 */
export function voxelBlock(volume: CtVolume, roi: Roi): VoxelBlock {
  const isMeasured = measuredTest(volume)
  const order = sliceOrder(volume)
  const indices: number[] = []
  const values: number[] = []
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  let padded = 0
  const { slope, intercept } = volume.rescale
  forEachRoiVoxel(volume.geometry, roi, (offset, i, j, k) => {
    const stored = volume.voxels[offset]!
    if (!isMeasured(stored)) {
      padded++
      return
    }
    const index = [i, j, k]
    for (let to = 0; to < 3; to++) {
      const at = index[order[to]!]!
      indices.push(at)
      if (at < low[to]!) low[to] = at
      if (at > high[to]!) high[to] = at
    }
    values.push(stored * slope + intercept)
  })
  if (values.length === 0) throw new QctError('ROI_EMPTY', { padded })
  const size = low.map((from, axis) => high[axis]! - from + 1) as [number, number, number]
  const places = new Int32Array(values.length)
  for (let at = 0; at < places.length; at++) {
    const [i, j, k] = [0, 1, 2].map((axis) => indices[3 * at + axis]! - low[axis]!) as [
      number,
      number,
      number,
    ]
    places[at] = i + size[0] * (j + size[1] * k)
  }
  const spacing = order.map((axis) => volume.geometry.spacing[axis]!) as [number, number, number]
  return { size, spacing, places, values: Float64Array.from(values) }
}
