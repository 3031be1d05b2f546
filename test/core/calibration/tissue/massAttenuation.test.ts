import { describe, expect, it } from 'vitest'
import table from '../../../../src/core/calibration/tissue/massAttenuation.json' with { type: 'json' }
import {
  MASS_ATTENUATION_RANGE,
  MASS_ATTENUATION_SOURCE,
  massAttenuation,
} from '../../../../src/core/calibration/tissue/massAttenuation.ts'
import { codeOf } from '../seededNormal.ts'

describe('the mass attenuation table', () => {
  it('gives its own values at its own energies, both ends included', () => {
    expect(massAttenuation('water', 60)).toBe(0.2059) // NIST, water at 60 keV
    expect(massAttenuation('k2hpo4', 8)).toBeCloseTo(83.84, 10)
    expect(massAttenuation('corticalBone', 200)).toBeCloseTo(0.1309, 10)
  })

  it('interpolates a power law exactly between energies', () => {
    // By hand: at the geometric mean of 60 and 80 keV, log–log gives the geometric mean of both values.
    expect(massAttenuation('adipose', Math.sqrt(60 * 80))).toBeCloseTo(Math.sqrt(0.1974 * 0.18), 12)
  })

  it('refuses to extrapolate', () => {
    for (const energy of [7.99, 200.01, Number.NaN]) {
      expect(codeOf(() => massAttenuation('water', energy))).toBe('MASS_ATTENUATION_OUT_OF_RANGE')
    }
    expect(MASS_ATTENUATION_RANGE).toEqual([8, 200])
  })

  it('holds one falling value per energy and material, and its source', () => {
    for (const values of Object.values(table.massAttenuationCm2PerG)) {
      expect(values).toHaveLength(table.energyKeV.length)
      for (const [at, value] of values.entries()) {
        if (at > 0) expect(value).toBeLessThan(values[at - 1]!)
      }
    }
    expect(MASS_ATTENUATION_SOURCE.verification).toBe('V2')
    expect(MASS_ATTENUATION_SOURCE.citation).toContain('NIST')
  })
})
