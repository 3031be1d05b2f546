import { expect, it } from 'vitest'
import { judgeEnergy } from '../../../../src/core/calibration/tissue/judgeEnergy.ts'
import { codeOf } from '../seededNormal.ts'

const expected = [{ kvp: 140, lowKeV: 65, highKeV: 95 }]

it('refuses an energy outside what a user expects at the voltage, bounds included', () => {
  expect(codeOf(() => judgeEnergy(64.9, 140, expected))).toBe('TISSUE_ENERGY_IMPLAUSIBLE')
  expect(codeOf(() => judgeEnergy(95.1, 140, expected))).toBe('TISSUE_ENERGY_IMPLAUSIBLE')
  expect(() => judgeEnergy(65, 140, expected)).not.toThrow()
  expect(() => judgeEnergy(95, 140, expected)).not.toThrow()
})

it('says nothing at a voltage for which nobody expects anything, or that is not stated', () => {
  expect(() => judgeEnergy(50, 120, expected)).not.toThrow()
  expect(() => judgeEnergy(50, null, expected)).not.toThrow()
  expect(() => judgeEnergy(50, 140)).not.toThrow()
})
