import { describe, expect, it } from 'vitest'
import { LARGEST_RING, pairCounter } from '../../../src/core/volume/autocovariance.ts'
import type { VoxelBlock } from '../../../src/core/volume/voxelBlock.ts'

/** A round ROI with a hole in each slice, its voxels in any order. */
function blockOf(order: 'by slice' | 'by column'): { block: VoxelBlock; residuals: Float64Array } {
  const size = [17, 14, 5] as const
  const places: number[] = []
  for (let k = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++) {
        const radius = Math.hypot(i - 8, (j - 6.5) * 1.1)
        if (radius < 7.5 && radius > 1.5) places.push(i + size[0] * (j + size[1] * k))
      }
  if (order === 'by column') places.sort((a, b) => (a % size[0]) - (b % size[0]) || a - b)
  const residuals = Float64Array.from(places, (place) => Math.sin(place * 12.9898) * 40)
  return {
    block: { size, spacing: [0.7, 0.9, 2], places: Int32Array.from(places), values: residuals },
    residuals,
  }
}

/** Every ordered pair of voxels, one by one. */
function everyPair(
  { size, spacing, places }: VoxelBlock,
  residuals: Float64Array,
  ring: number,
  slices: number,
) {
  const unit = Math.min(spacing[0], spacing[1])
  const at = Array.from(places, (place) => [
    place % size[0],
    Math.floor(place / size[0]) % size[1],
    Math.floor(place / (size[0] * size[1])),
  ])
  let pairs = 0
  let products = 0
  at.forEach(([i, j, k], a) => {
    at.forEach(([x, y, z], b) => {
      const [dx, dy] = [x! - i!, y! - j!]
      if (Math.max(Math.abs(dx), Math.abs(dy)) > LARGEST_RING || z! - k! !== slices) return
      if (Math.round(Math.hypot(dx * spacing[0], dy * spacing[1]) / unit) !== ring) return
      pairs++
      products += residuals[a]! * residuals[b]!
    })
  })
  return { pairs, products }
}

describe('pairCounter', () => {
  it.each(['by slice', 'by column'] as const)(
    'sums what counting every pair gives, holes and all, for voxels given %s',
    (order) => {
      const { block, residuals } = blockOf(order)
      const sums = pairCounter(block)(residuals)
      for (const ring of [0, 1, 2, 5, LARGEST_RING])
        for (const slices of [0, 1, 4]) {
          const expected = everyPair(block, residuals, ring, slices)
          expect(sums(ring, slices).pairs).toBe(expected.pairs)
          // rounding of a few thousand products of up to 1600
          expect(sums(ring, slices).products).toBeCloseTo(expected.products, 6)
        }
    },
  )

  it('finds no pairs beyond the last slice', () => {
    const { block, residuals } = blockOf('by slice')
    expect(pairCounter(block)(residuals)(1, 5)).toEqual({ pairs: 0, products: 0 })
  })
})
