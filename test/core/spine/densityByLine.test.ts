import { expect, it } from 'vitest'
import { densityByLine } from '../../../src/core/spine/densityByLine.ts'
import { hu, mgPerCm3 } from '../../../src/core/units.ts'

const line = {
  slope: 0.7,
  intercept: mgPerCm3(2),
  covariance: [1e-4, -5e-3, 0.5] as readonly [number, number, number],
}

it('gives the density of the line with both parts of its doubt', () => {
  const found = densityByLine(line, hu(150), hu(0.8))
  // 0.7·150 + 2; 0.7·0.8; √(150²·1e-4 − 2·150·5e-3 + 0.5) = √1.25; all to rounding.
  expect(found.vbmd).toBeCloseTo(107, 9)
  expect(found.noiseStandardUncertainty).toBeCloseTo(0.56, 9)
  expect(found.calibrationStandardUncertainty).toBeCloseTo(Math.sqrt(1.25), 9)
  expect(found.uncertainty).toBeCloseTo(1.96 * Math.sqrt(0.56 ** 2 + 1.25), 9)
})

it('has no doubt below zero where rounding would take it there', () => {
  const exact = { ...line, covariance: [1, -150, 22500 - 1e-9] as const }
  expect(densityByLine(exact, hu(150), hu(0)).calibrationStandardUncertainty).toBe(0)
})
