import { expect, it } from 'vitest'
import { doseSeeds } from '../../benchmark/fuzz/doseSeeds.ts'
import { FuzzRandom } from '../../benchmark/fuzz/fuzzRandom.ts'
import { mutate } from '../../benchmark/fuzz/mutate.ts'
import { readDose } from '../../benchmark/fuzz/readDose.ts'

it('reads every sound seed of the dose fuzz without a doubt', async () => {
  for (const [name, bytes] of doseSeeds()) {
    const outcome = await readDose(bytes)
    expect(outcome, name).toHaveProperty('result')
    if ('result' in outcome) {
      expect(outcome.result.warnings, name).toEqual([])
      for (const { verdict } of outcome.result.events) expect(verdict, name).toBe('accepted')
    }
  }
})

it('ends 500 damaged dose reports in numbers that stand in the file, or in a coded reason', async () => {
  const seeds = [...doseSeeds().values()]
  let read = 0
  let refused = 0
  for (let n = 0; n < 500; n++) {
    const seed = seeds[n % seeds.length]!
    const outcome = await readDose(mutate(seed, new FuzzRandom(n), seeds)) // throws on anything else
    if ('result' in outcome) read += 1
    else refused += 1
  }
  // both ends are reached, so that neither half of the reader goes untested
  expect(read).toBeGreaterThan(50)
  expect(refused).toBeGreaterThan(50)
})
