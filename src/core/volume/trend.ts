import type { VoxelBlock } from './voxelBlock.ts'

/** What is left of the CT numbers of a ROI after a smooth surface was taken away. */
export interface Detrended {
  readonly residuals: Float64Array
  /** Number of free coefficients of the surface, the constant included. */
  readonly parameters: number
}

/** Powers (i, j, k) of all terms up to a total order that a box of that many voxels can tell apart. */
function terms(order: number, size: readonly [number, number, number]) {
  const found: (readonly [number, number, number])[] = []
  for (let c = 0; c <= Math.min(order, size[2] - 1); c++) {
    for (let b = 0; b <= Math.min(order - c, size[1] - 1); b++) {
      for (let a = 0; a <= Math.min(order - c - b, size[0] - 1); a++) found.push([a, b, c])
    }
  }
  return found
}

/** A new direction shorter than this share of its term is rounding: the term depends on those before it. */
const INDEPENDENT = 1e-6

/**
 * Takes the least-squares polynomial of a total order (0 to 2) away from the CT numbers of a ROI.
 *
 * Terms are made orthonormal over the ROI's own voxels (Gram–Schmidt, twice), so no normal equations are solved and
 * a term that the ROI cannot tell from the others drops out.
 */
export function removeTrend(block: VoxelBlock, order: 0 | 1 | 2): Detrended {
  const { size, places } = block
  const n = places.length
  const residuals = block.values.slice()
  const basis: Float64Array[] = []
  const along = coordinates(block)
  for (const powers of terms(order, size)) {
    const column = new Float64Array(n).fill(1)
    for (const [axis, power] of powers.entries()) {
      const coordinate = along[axis]!
      for (let times = 0; times < power; times++)
        for (let at = 0; at < n; at++) column[at]! *= coordinate[at]!
    }
    const before = Math.sqrt(product(column, column))
    for (let pass = 0; pass < 2; pass++) for (const unit of basis) takeAway(column, unit)
    const after = Math.sqrt(product(column, column))
    if (after <= INDEPENDENT * before) continue
    for (let at = 0; at < n; at++) column[at]! /= after
    basis.push(column)
    takeAway(residuals, column)
  }
  return { residuals, parameters: basis.length }
}

/** Where each voxel stands along the three axes of the box, in shares of its length, 0 in the middle. */
function coordinates({ size, places }: VoxelBlock): readonly Float64Array[] {
  const along = size.map(() => new Float64Array(places.length))
  const [i, j, k] = along
  for (let at = 0; at < places.length; at++) {
    const place = places[at]!
    const row = Math.floor(place / size[0])
    const slice = Math.floor(row / size[1])
    i![at] = (place - row * size[0]) / size[0] - 0.5
    j![at] = (row - slice * size[1]) / size[1] - 0.5
    k![at] = slice / size[2] - 0.5
  }
  return along
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

function takeAway(from: Float64Array, unit: Float64Array): void {
  const share = product(from, unit)
  for (let at = 0; at < from.length; at++) from[at]! -= share * unit[at]!
}
