import { everyLag } from './everyLag.ts'
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
  readonly rowStep: number
  readonly sliceStep: number
  /** Every how many rows one is summed: 1 unless the ROI is large. */
  readonly rowStride: number
  /** The voxels of the summed rows, and how many of them lie in the first slices: one entry per number of slices. */
  readonly summed: Int32Array
  readonly summedBefore: Int32Array
}

/** From so many voxels on, only a share of the rows is summed over; their number is more than the answer needs. */
const ENOUGH_VOXELS = 8000

function roomyBox({ size, places }: VoxelBlock): RoomyBox {
  const rowStep = size[0] + LARGEST_RING
  const sliceStep = rowStep * (size[1] + LARGEST_RING)
  const rowStride = Math.ceil(places.length / ENOUGH_VOXELS)
  const at = new Int32Array(places.length)
  const summed = new Int32Array(places.length)
  const summedBefore = new Int32Array(size[2] + 1)
  let count = 0
  for (let index = 0; index < places.length; index++) {
    const place = places[index]!
    const row = Math.floor(place / size[0])
    const slice = Math.floor(row / size[1])
    const roomy = (place % size[0]) + rowStep * (row % size[1]) + sliceStep * slice
    at[index] = roomy
    if (row % rowStride !== 0) continue
    summed[count++] = roomy
    summedBefore[slice + 1]! += 1
  }
  for (let slice = 0; slice < size[2]; slice++) summedBefore[slice + 1]! += summedBefore[slice]!
  // The longest lag within a slice reaches this far beyond the last voxel.
  const length = sliceStep * size[2] + LARGEST_RING * (rowStep + 1)
  // Volumes stored along another axis give their voxels in another order than slice by slice.
  return { at, length, rowStep, sliceStep, rowStride, summed: summed.subarray(0, count).sort(), summedBefore }
}

/**
 * Σ values[a]·values[a + shift] over the voxels of the first slices: those that have a partner slice.
 *
 * Measuring a standard error spends its time here: two sums that do not wait for each other are faster than one.
 */
function laggedProduct(values: Float64Array, box: RoomyBox, shift: number, sliceCount: number): number {
  const { summed, rowStride } = box
  const count = box.summedBefore[sliceCount]!
  const partners = values.subarray(shift)
  let even = 0
  let odd = 0
  let index = 0
  for (; index + 1 < count; index += 2) {
    const first = summed[index]!
    const second = summed[index + 1]!
    even += values[first]! * partners[first]!
    odd += values[second]! * partners[second]!
  }
  if (index < count) even += values[summed[index]!]! * partners[summed[index]!]!
  return (even + odd) * rowStride
}

/** From so many lags on that were summed one by one, all the others are had at once for less. */
const LAGS_ONE_BY_ONE = 150

/**
 * Prepares sums over ordered pairs of voxels, by the rounded length of their distance in the slice (a ring, in
 * pixels) and their distance in slices (0, 1, 2 …, one direction only).
 *
 * The first few lags, which is all that fine noise asks for, are summed one by one; coarse noise and smooth anatomy ask
 * for hundreds, which come out of one Fourier transform.
 *
 * @returns A function that takes residuals, in the order of the block's voxels, and gives their pair sums. Counts are
 *   kept between calls; sums are computed when first asked for.
 */
export function pairCounter(block: VoxelBlock): (residuals: Float64Array) => PairSums {
  const box = roomyBox(block)
  const lags = ringsOfLags(block.spacing)
  const presence = new Float64Array(box.length)
  for (const at of box.at) presence[at] = 1
  const counts = new Map<number, number>()

  return (residuals) => {
    const dense = new Float64Array(box.length)
    residuals.forEach((residual, index) => {
      dense[box.at[index]!] = residual
    })
    let summed = 0
    let all: ReturnType<typeof everyLag> | undefined
    const oneByOne = (shift: number, slices: number): PairSum => {
      const sliceCount = block.size[2] - slices
      const pairs = counts.get(shift) ?? laggedProduct(presence, box, shift, sliceCount)
      counts.set(shift, pairs)
      return { pairs, products: laggedProduct(dense, box, shift, sliceCount) }
    }
    const sumOf = (ring: number, slices: number): PairSum => {
      let [pairs, products] = [0, 0]
      if (slices >= block.size[2]) return { pairs, products }
      if (summed > LAGS_ONE_BY_ONE && all === undefined)
        all = everyLag(box.at, residuals, box.length, box.sliceStep * block.size[2])
      for (const [dx, dy] of lags[ring]!) {
        // Within a slice the two signs of a lag hold the same pairs.
        if (slices === 0 && (dy < 0 || (dy === 0 && dx < 0))) continue
        const both = slices === 0 && (dx !== 0 || dy !== 0) ? 2 : 1
        const shift = dx + box.rowStep * dy + box.sliceStep * slices
        const lag = all ? all(shift) : oneByOne(shift, slices)
        pairs += both * lag.pairs
        products += both * lag.products
      }
      summed += lags[ring]!.length
      return { pairs, products }
    }
    const known = new Map<number, PairSum>()
    return (ring, slices) => {
      const key = ring + (LARGEST_RING + 1) * slices
      const sum = known.get(key) ?? sumOf(ring, slices)
      known.set(key, sum)
      return sum
    }
  }
}
