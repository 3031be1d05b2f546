import { describe, expect, it } from 'vitest'
import {
  type BlurredPlate,
  blurredPlate,
  emptyPlate,
} from '../../../src/segmentation/vertebra/blurredPlate.ts'

function at(q: number, half: number, sigma: number): BlurredPlate {
  const plate = emptyPlate()
  blurredPlate(q, half, sigma, plate)
  return plate
}

describe('blurredPlate', () => {
  it('shows a sheet with an area equal to the slice thickness, whatever the blur', () => {
    for (const [half, sigma] of [
      [0.3, 0.8],
      [2.5, 0.6],
    ] as const) {
      let area = 0
      for (let q = -12; q <= 12; q += 0.01) area += at(q, half, sigma).ridge * 0.01
      expect(area).toBeCloseTo(2 * half, 4)
    }
  })

  it('shows a step that runs from 0 to 1 and is one half at the plate', () => {
    expect(at(-9, 2.5, 0.7).step).toBeCloseTo(0, 6)
    expect(at(9, 2.5, 0.7).step).toBeCloseTo(1, 6)
    expect(at(0, 2.5, 0.7).step).toBeCloseTo(0.5, 6)
  })

  it('is nearly the plain slice profile when the blur is small', () => {
    // A sharp sheet fills a slice of 5 mm or not at all.
    expect(at(2.4, 2.5, 0.02).ridge).toBeCloseTo(1, 6)
    expect(at(2.6, 2.5, 0.02).ridge).toBeCloseTo(0, 6)
  })

  it('states its derivatives', () => {
    const d = 1e-4
    // Central differences of the approximated normal integral (7.5e-8): good to 7.5e-8/1e-4, far below 2e-3.
    for (const q of [-3, -0.4, 0, 1.7]) {
      const [half, sigma] = [1.4, 0.8]
      const plate = at(q, half, sigma)
      const slope = (key: 'ridge' | 'step', a: BlurredPlate, b: BlurredPlate) => (a[key] - b[key]) / (2 * d)
      const [right, left] = [at(q + d, half, sigma), at(q - d, half, sigma)]
      const [wide, narrow] = [at(q, half + d, sigma), at(q, half - d, sigma)]
      const [soft, sharp] = [at(q, half, sigma + d), at(q, half, sigma - d)]
      expect(Math.abs(plate.ridgeByQ - slope('ridge', right, left))).toBeLessThan(2e-3)
      expect(Math.abs(plate.stepByQ - slope('step', right, left))).toBeLessThan(2e-3)
      expect(Math.abs(plate.ridgeByHalf - slope('ridge', wide, narrow))).toBeLessThan(2e-3)
      expect(Math.abs(plate.stepByHalf - slope('step', wide, narrow))).toBeLessThan(2e-3)
      expect(Math.abs(plate.ridgeBySigma - slope('ridge', soft, sharp))).toBeLessThan(2e-3)
      expect(Math.abs(plate.stepBySigma - slope('step', soft, sharp))).toBeLessThan(2e-3)
    }
  })
})
