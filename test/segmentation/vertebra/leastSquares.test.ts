import { describe, expect, it } from 'vitest'
import {
  fitLeastSquares,
  type ModelPoint,
  solveSymmetric,
} from '../../../src/segmentation/vertebra/leastSquares.ts'

const line: ModelPoint = (p, point, gradient) => {
  gradient[0] = 1
  gradient[1] = point
  return p[0]! + p[1]! * point
}

const request = {
  points: 20,
  start: [0, 0],
  priors: [null, null],
  sd: new Float64Array(20).fill(1),
  huber: 2,
  rounds: 60,
  firstLinear: 2,
}

describe('solveSymmetric', () => {
  it('solves a positive definite system', () => {
    const a = Float64Array.of(4, 2, 2, 3)
    const b = Float64Array.of(10, 8)
    expect(solveSymmetric(a, b, 2)).toBe(true)
    // 4x + 2y = 10, 2x + 3y = 8
    expect(b[0]).toBeCloseTo(1.75, 12)
    expect(b[1]).toBeCloseTo(1.5, 12)
  })

  it('says that a singular system has no answer', () => {
    expect(solveSymmetric(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 2)).toBe(false)
  })
})

describe('fitLeastSquares', () => {
  const measured = Float64Array.from({ length: 20 }, (_, x) => 3 - 0.5 * x)

  it('finds a line exactly', () => {
    const { parameters, cost } = fitLeastSquares(request, line, measured)
    expect(parameters[0]).toBeCloseTo(3, 3)
    expect(parameters[1]).toBeCloseTo(-0.5, 4)
    expect(cost).toBeLessThan(1e-4)
  })

  it('finds it in the first step where the model is linear', () => {
    const { parameters } = fitLeastSquares({ ...request, firstLinear: 0, rounds: 0 }, line, measured)
    expect(parameters[0]).toBeCloseTo(3, 9)
    expect(parameters[1]).toBeCloseTo(-0.5, 9)
  })

  it('is hardly moved by one wild point', () => {
    const wild = measured.slice()
    wild[10] = 200
    const { parameters } = fitLeastSquares(request, line, wild)
    // One point of 20 with Huber weight pulls by at most 2·huber/n = 0.2 SD; plain least squares would give 10.
    expect(Math.abs(parameters[0]! + 10 * parameters[1]! - (3 - 5))).toBeLessThan(0.25)
  })

  it('keeps to the prior where the data say nothing', () => {
    const flat: ModelPoint = (p, _, gradient) => {
      gradient[0] = 1
      gradient[1] = 0
      return p[0]!
    }
    const { parameters } = fitLeastSquares(
      { ...request, priors: [null, { value: 7, sd: 1 }], start: [0, 0] },
      flat,
      new Float64Array(20).fill(2),
    )
    expect(parameters[0]).toBeCloseTo(2, 3)
    expect(parameters[1]).toBeCloseTo(7, 3)
  })
})
