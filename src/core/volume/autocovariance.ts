import type { VoxelBlock } from './voxelBlock.ts'

/** Pairs of voxels at one distance: how many, and the sum of the products of their residuals. */
export interface PairSum {
  readonly pairs: number
  readonly products: number
}

/** Looks up, and on first need computes, the pairs of a ROI's voxels by ring and slice distance. */
export type PairSums = (ring: number, slices: number) => PairSum

/** Farthest ring that is looked at, in pixels. Noise of a CT is not correlated farther; a trend is. */
export const LARGEST_RING = 12

/** Lags in the slice plane by rounded length in pixels: both signs of every lag. */
function ringsOfLags(spacing: readonly [number, number, number]): (readonly [number, number])[][] {
  const unit = Math.min(spacing[0], spacing[1])
  const rings = Array.from({ length: LARGEST_RING + 1 }, (): (readonly [number, number])[] => [])
  for (let dy = -LARGEST_RING; dy <= LARGEST_RING; dy++) {
    for (let dx = -LARGEST_RING; dx <= LARGEST_RING; dx++) {
      const ring = Math.round(Math.hypot(dx * spacing[0], dy * spacing[1]) / unit)
      if (ring <= LARGEST_RING) rings[ring]!.push([dx, dy])
    }
  }
  return rings
}

/** A ROI's bounding box with room to one side, so that a lag that leaves the box meets empty voxels. */
interface RoomyBox {
  /** Place in the roomy box of every voxel of the ROI. */
  readonly at: Int32Array
  readonly length: number
  /** First place of every row that can hold voxels. */
  readonly rows: Int32Array
  readonly rowLength: number
  readonly rowStep: number
  readonly sliceStep: number
  /** Every how many rows one is summed: 1 unless the ROI is large. */
  readonly rowStride: number
}

/** From so many voxels on, only a share of the rows is summed over; their number is more than the answer needs. */
const ENOUGH_VOXELS = 8000

function roomyBox({ size, places }: VoxelBlock): RoomyBox {
  const rowStep = size[0] + LARGEST_RING
  const sliceStep = rowStep * (size[1] + LARGEST_RING)
  const at = places.map((place) => {
    const row = Math.floor(place / size[0])
    return (place % size[0]) + rowStep * (row % size[1]) + sliceStep * Math.floor(row / size[1])
  })
  const rows = new Int32Array(size[1] * size[2]).map(
    (_, row) => rowStep * (row % size[1]) + sliceStep * Math.floor(row / size[1]),
  )
  // The longest lag within a slice reaches this far beyond the last voxel.
  const length = sliceStep * size[2] + LARGEST_RING * (rowStep + 1)
  const rowStride = Math.ceil(places.length / ENOUGH_VOXELS)
  return { at, length, rows, rowLength: size[0], rowStep, sliceStep, rowStride }
}

/** Σ values[a]·values[a + shift] over the first rows of the box: those that have a partner slice. */
function laggedProduct(
  values: Float64Array,
  { rows, rowLength, rowStride }: RoomyBox,
  shift: number,
  rowCount: number,
): number {
  let sum = 0
  for (let row = 0; row < rowCount; row += rowStride) {
    const first = rows[row]!
    for (let at = first; at < first + rowLength; at++) sum += values[at]! * values[at + shift]!
  }
  return sum * rowStride
}

/**
 * Prepares sums over ordered pairs of voxels, by the rounded length of their distance in the slice (a ring, in
 * pixels) and their distance in slices (0, 1, 2 …, one direction only).
 *
 * @returns A function that takes residuals, in the order of the block's voxels, and gives their pair sums. Counts are
 *   kept between calls; sums are computed when first asked for.
 */
export function pairCounter(block: VoxelBlock): (residuals: Float64Array) => PairSums {
  const box = roomyBox(block)
  const lags = ringsOfLags(block.spacing)
  const presence = new Float64Array(box.length)
  for (const at of box.at) presence[at] = 1

  const summed = (values: Float64Array, ring: number, slices: number) => {
    if (slices >= block.size[2]) return 0
    const rowCount = block.size[1] * (block.size[2] - slices)
    let sum = 0
    for (const [dx, dy] of lags[ring]!) {
      // Within a slice the two signs of a lag hold the same pairs.
      if (slices === 0 && (dy < 0 || (dy === 0 && dx < 0))) continue
      const both = slices === 0 && (dx !== 0 || dy !== 0) ? 2 : 1
      sum += both * laggedProduct(values, box, dx + box.rowStep * dy + box.sliceStep * slices, rowCount)
    }
    return sum
  }
  const remembered = (values: Float64Array) => {
    const known = new Map<number, number>()
    return (ring: number, slices: number) => {
      const key = ring + (LARGEST_RING + 1) * slices
      const sum = known.get(key) ?? summed(values, ring, slices)
      known.set(key, sum)
      return sum
    }
  }

  const pairs = remembered(presence)
  return (residuals) => {
    const dense = new Float64Array(box.length)
    residuals.forEach((residual, index) => {
      dense[box.at[index]!] = residual
    })
    const products = remembered(dense)
    return (ring, slices) => ({ pairs: pairs(ring, slices), products: products(ring, slices) })
  }
}
