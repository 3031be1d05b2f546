import { expect, it } from 'vitest'
import { FuzzRandom } from '../benchmark/fuzz/fuzzRandom.ts'
import { mutate } from '../benchmark/fuzz/mutate.ts'
import { readEverything } from '../benchmark/fuzz/readEverything.ts'
import { seedFiles } from '../benchmark/fuzz/seedFiles.ts'

it('reads every sound seed of the fuzz without a failure', async () => {
  for (const [name, bytes] of await seedFiles()) {
    const { decoded, codes } = await readEverything(bytes)
    expect(decoded, name).toBeGreaterThan(0)
    // a NIfTI file is set aside by the DICOM door and decoded by its own
    expect(codes, name).toEqual(name.startsWith('NIfTI') ? ['no CT image'] : [])
  }
})

it('ends 400 damaged files in pixels or a coded failure', async () => {
  const seeds = [...(await seedFiles()).values()]
  let coded = 0
  let decoded = 0
  for (let n = 0; n < 400; n++) {
    const seed = seeds[n % seeds.length]!
    const outcome = await readEverything(mutate(seed, new FuzzRandom(n), seeds)) // throws on any other failure
    decoded += outcome.decoded > 0 ? 1 : 0
    coded += outcome.codes.length > 0 ? 1 : 0
  }
  // both kinds of ending are common, or the damage is too heavy or too light to tell anything
  expect(decoded).toBeGreaterThan(40)
  expect(coded).toBeGreaterThan(150)
})
