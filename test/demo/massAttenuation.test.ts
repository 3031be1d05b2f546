import { describe, expect, it } from 'vitest'
import { massAttenuation } from '../../src/demo/massAttenuation.ts'

describe('massAttenuation', () => {
  it('gives the printed values at the energies of the table', () => {
    expect(massAttenuation('water', 60)).toBeCloseTo(0.2059, 12)
    expect(massAttenuation('aluminium', 20)).toBeCloseTo(3.441, 12)
    expect(massAttenuation('K2HPO4', 150)).toBeCloseTo(0.148, 12)
    expect(massAttenuation('iodine', 80)).toBeCloseTo(3.51, 12)
  })

  it('follows a power of the energy between them', () => {
    // half-way between 30 and 40 keV on the logarithm: the geometric mean of both values
    expect(massAttenuation('adipose', Math.sqrt(30 * 40))).toBeCloseTo(Math.sqrt(0.3063 * 0.2396), 12)
  })

  it('leaps at the K edge of iodine and nowhere else', () => {
    expect(massAttenuation('iodine', 33.2) / massAttenuation('iodine', 33.1)).toBeGreaterThan(5)
    expect(massAttenuation('water', 33.2) / massAttenuation('water', 33.1)).toBeCloseTo(1, 1)
  })
})
