import { describe, expect, it } from 'vitest'
import { fitLine } from '../../../src/core/calibration/lineFit.ts'

describe('a line by least squares', () => {
  it('recovers an exact line and knows no scatter', () => {
    const fit = fitLine([0, 1, 2, 3], [1, 3, 5, 7], () => 0)!
    expect(fit).toEqual({ slope: 2, intercept: 1, residualSd: 0, covariance: [0, 0, 0] })
  })

  it('gives the textbook residual SD and covariance', () => {
    // x̄ = 1.5, Sxx = 5, slope 0.4, intercept 0.9; residuals −0.9, 0.7, 1.3, −1.1.
    const fit = fitLine([0, 1, 2, 3], [0, 2, 3, 1], () => 0)!
    expect(fit.slope).toBeCloseTo(0.4, 14) // rounding of a few sums
    expect(fit.intercept).toBeCloseTo(0.9, 14)
    const sse = 0.9 ** 2 + 0.7 ** 2 + 1.3 ** 2 + 1.1 ** 2
    const variance = sse / 2
    expect(fit.residualSd).toBeCloseTo(Math.sqrt(variance), 14)
    expect(fit.covariance[0]).toBeCloseTo(variance / 5, 14)
    expect(fit.covariance[1]).toBeCloseTo((-variance * 1.5) / 5, 14)
    expect(fit.covariance[2]).toBeCloseTo(variance * (1 / 4 + 1.5 ** 2 / 5), 14)
  })

  it('takes the known errors of two points, which leave no scatter to judge by', () => {
    const fit = fitLine([0, 10], [0, 20], () => 3)!
    expect(fit.residualSd).toBeNull()
    expect(fit.covariance[0]).toBeCloseTo((2 * 9) / 100, 14) // (σ² + σ²)/Δx²
    expect(fit.covariance[2]).toBeCloseTo(9, 14) // the first point is the intercept
  })

  it('does not look perfect when three points happen to be collinear', () => {
    const fit = fitLine([0, 1, 2], [0, 1, 2], () => 1)!
    expect(fit.residualSd).toBe(0)
    expect(fit.covariance[0]).toBeCloseTo(1 / 2, 14)
  })

  it('has no line when all x are the same', () => {
    expect(fitLine([1, 1, 1], [1, 2, 3], () => 0)).toBeNull()
  })
})
