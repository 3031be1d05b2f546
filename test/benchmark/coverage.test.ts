import { describe, expect, it } from 'vitest'
import { ROUTES, repeat } from './intervals/repeat.ts'

/** Few, for every push; the bench `coverage` runs 200. */
const REPEATS = 24
const all = Array.from({ length: REPEATS }, (_, index) => repeat(7, index, 'everything'))

describe.each(ROUTES)('the interval of the %s route', (route) => {
  const z = all.map((one) => one[route].error / one[route].standardUncertainty)

  it('holds the truth about as often as it says', () => {
    // At 95 %, seven or more of 24 miss in 2 of 10 000 cases; intervals of half the width miss in 8 of 24.
    expect(z.filter((value) => Math.abs(value) > 1.96).length).toBeLessThanOrEqual(6)
  })

  it('is neither half nor twice as wide as the errors are', () => {
    // √(χ²/24) lies within 0.57 and 1.46 in 99.9 % of cases; twice too wide would be about 0.5.
    const rms = Math.sqrt(z.reduce((sum, value) => sum + value * value, 0) / REPEATS)
    expect(rms).toBeGreaterThan(0.57)
    expect(rms).toBeLessThan(1.46)
  })
})
