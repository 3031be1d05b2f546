import { describe, expect, it } from 'vitest'
import { sliceProfile } from '../../src/demo/sliceProfile.ts'

describe('sliceProfile', () => {
  it.each([
    [0.6, 0.6],
    [1, 1],
    [1.25, 0.75],
    [3, 3],
    [5, 2.5],
    [5, 5],
  ])('of a slice of %d mm every %d mm is centred, whole, and as wide as the slice', (thickness, spacing) => {
    const { layer, perSpacing, weights, first } = sliceProfile(thickness, spacing)
    expect(layer * perSpacing).toBeCloseTo(spacing, 12)
    expect(layer).toBeLessThanOrEqual(0.6 + 1e-9)
    const places = Array.from(weights, (_, index) => (first + index + 0.5 - perSpacing / 2) * layer)
    const moment = (power: number) =>
      weights.reduce((sum, weight, index) => sum + weight * places[index]! ** power, 0)
    expect(moment(0)).toBeCloseTo(1, 12)
    expect(moment(1)).toBeCloseTo(0, 12)
    // every layer is a box of its own, which adds layer²/12; a plain box of T has T²/12, flanks of 0.4 T add 16 %
    const variance = moment(2) + layer ** 2 / 12
    expect(variance).toBeGreaterThan(0.99 * (thickness ** 2 / 12))
    // and edges that do not fall between layers some more
    expect(variance).toBeLessThan(1.25 * (thickness ** 2 / 12))
    // the sum of whole layers above half height measures the width to within one layer
    const high = weights.filter((weight) => weight > Math.max(...weights) * 0.499).length * layer
    expect(Math.abs(high - thickness)).toBeLessThan(layer + 1e-9)
  })
})
