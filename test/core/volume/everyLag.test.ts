import { expect, it } from 'vitest'
import { everyLag } from '../../../src/core/volume/everyLag.ts'

it('gives the count and the products of every shift that going through the pairs gives', () => {
  const length = 300
  const taken = Int32Array.from({ length: 90 }, (_, index) => Math.floor((index * 299) / 89))
  const values = Float64Array.from(taken, (place) => 30 * Math.cos(place * 7.13))
  const sums = everyLag(taken, values, length, length)
  const at = new Map(Array.from(taken, (place, index) => [place, values[index]!] as const))
  for (const shift of [0, 1, 2, 17, 150, 298]) {
    let [pairs, products] = [0, 0]
    for (const [place, value] of at) {
      const partner = at.get(place + shift)
      if (partner === undefined) continue
      pairs++
      products += value * partner
    }
    expect(sums?.(shift).pairs).toBe(pairs)
    // 1e-12 of Σ values², which is about 40 000
    expect(Math.abs((sums?.(shift).products ?? Number.NaN) - products)).toBeLessThan(4e-8)
  }
})

it('says no to a line that memory should not be spent on', () => {
  expect(everyLag(Int32Array.of(0), Float64Array.of(1), 2 ** 18, 1)).toBeNull()
})
