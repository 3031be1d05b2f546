import { describe, expect, it } from 'vitest'
import { fitLeastSquares } from '../../../src/segmentation/vertebra/leastSquares.ts'
import type { Model } from '../../../src/segmentation/vertebra/modelTable.ts'

const line: Model = (p, { values, gradients }) => {
  for (let point = 0; point < values.length; point++) {
    gradients.set([1, point], 2 * point)
    values[point] = p[0]! + p[1]! * point
  }
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
    const flat: Model = (p, { values, gradients }) => {
      values.fill(p[0]!)
      for (let at = 0; at < gradients.length; at += 2) gradients.set([1, 0], at)
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
