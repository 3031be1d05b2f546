import { describe, expect, it } from 'vitest'
import { decomposeDualEnergy } from '../../../src/core/calibration/dualEnergy/decomposeDualEnergy.ts'
import { basisFromRods } from '../../../src/core/calibration/dualEnergy/dualEnergyBasis.ts'
import {
  asynchronousBudget,
  dualEnergyBudget,
  tissueBudget,
} from '../../../src/core/calibration/routeBudgets.ts'
import { hu, mgPerCm3 } from '../../../src/core/units.ts'
import { seededNormal } from './seededNormal.ts'

const line = { slope: 0.8, intercept: mgPerCm3(4), covariance: [4e-6, -2e-4, 0.04] as const }
const parts = (budget: ReturnType<typeof tissueBudget>) =>
  Object.fromEntries(budget.parts.map(({ part, standardUncertainty }) => [part, standardUncertainty]))

describe('the budget of a kept line', () => {
  it('states drift as drawing it shows', () => {
    const drift = { responsePercent: 1.2, offsetHu: hu(1.5) }
    const stated = parts(asynchronousBudget(line, hu(150), hu(1), drift)).drift!
    // A scanner that drifted shows the same bone of 124 mg/cm³ at another CT number.
    const normal = seededNormal(7)
    const draws = 4000
    let squares = 0
    for (let at = 0; at < draws; at++) {
      const response = (1 + (drift.responsePercent / 100) * normal()) / line.slope
      const shown = (124 - line.intercept) * response + drift.offsetHu * normal()
      squares += (line.slope * shown + line.intercept - 124) ** 2
    }
    // Four times the scatter 1/√(2n) of an SD of n draws, and the response's share of the intercept: 4 of 124.
    expect(Math.abs(Math.sqrt(squares / draws) / stated - 1)).toBeLessThan(4 / Math.sqrt(2 * draws) + 4 / 124)
  })

  it('does not know a drift that no quality log states', () => {
    const budget = asynchronousBudget(line, hu(150), hu(1), null)
    expect(budget.unknown).toEqual(['drift'])
    expect(parts(budget).drift).toBeNull()
    // By hand: 150²·4e-6 − 2·150·2e-4 + 0.04 = 0.07; noise 0.8.
    expect(budget.standardUncertainty).toBeCloseTo(Math.hypot(Math.sqrt(0.07), 0.8), 9)
  })
})

it('the budget by tissues is the line’s doubt and the noise', () => {
  const budget = tissueBudget(line, hu(150), hu(2))
  expect(budget.density).toBeCloseTo(124, 9)
  expect(parts(budget)).toEqual({ tissues: expect.closeTo(Math.sqrt(0.07), 9), roiNoise: 1.6 })
})

it('the budget by two energies adds up to the covariance of the calcium', () => {
  const rods = [0, 100, 200].map((density) => ({
    density: mgPerCm3(density),
    lowHu: hu(2 + 1.9 * density),
    highHu: hu(1 + 1.1 * density),
    lowStandardErrorHu: hu(0.7),
    highStandardErrorHu: hu(0.5),
  }))
  const { basis } = basisFromRods(rods, 'made up')
  const sample = (meanHu: number) => ({
    meanHu: hu(meanHu),
    standardErrorHu: hu(1),
    saturatedVoxels: 0,
    highestHu: hu(3071),
  })
  const result = decomposeDualEnergy(sample(192), sample(111), basis, 0)
  const budget = dualEnergyBudget(result)
  expect(budget.standardUncertainty).toBeCloseTo(Math.sqrt(result.covariance[0]), 9)
  expect(parts(budget).roiNoise).toBeCloseTo(Math.SQRT2 / 0.8, 9) // 1 HU in each, 0.8 HU apart per mg/cm³
})
