import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoseResult } from '../../src/exam/record/dose.ts'
import { doseSeeds } from './fuzz/doseSeeds.ts'
import { FuzzRandom } from './fuzz/fuzzRandom.ts'
import { mutate } from './fuzz/mutate.ts'
import { readDose } from './fuzz/readDose.ts'
import type { BenchOptions } from './run.ts'

const HANG_MS = 5000

/** The seeds of the unit tests and, where real data are at hand, every real dose report. */
function allSeeds(): Map<string, Uint8Array<ArrayBuffer>> {
  const seeds = new Map(doseSeeds())
  const folder = join(process.env.QCT_REAL_DATA ?? '', 'dose/rdsr')
  if (process.env.QCT_REAL_DATA !== undefined && existsSync(folder))
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.dcm')))
      seeds.set(file, new Uint8Array(readFileSync(join(folder, file))))
  return seeds
}

/** The doses that are reported of a result, and whether anything is said against it. None is of a localizer. */
const doses = ({ events }: DoseResult) =>
  events
    .filter(({ exposureEvent }) => exposureEvent !== null)
    .map(({ exposureEvent, ctdiVolDigits, dlpDigits, phantomCm }) =>
      [exposureEvent, ctdiVolDigits, dlpDigits, phantomCm].join(),
    )
const isDoubted = ({ events, warnings }: DoseResult) =>
  warnings.length > 0 || events.some(({ verdict }) => verdict !== 'accepted')

/**
 * Reads `n` damaged dose reports (20 000 unless told). Holds when each ends in a result or a coded reason within 5 s,
 * and no number is printed that does not stand in the file. Prints how many results differ from the sound report's
 * without a doubt: damage inside a digit that no check can see.
 */
export default async function doseFuzz({ n = 20_000, seed = 1 }: BenchOptions): Promise<boolean> {
  const seeds = allSeeds()
  const names = [...seeds.keys()]
  const others = [...seeds.values()]
  const sound = new Map<string, string[]>()
  for (const [name, bytes] of seeds) {
    const outcome = await readDose(bytes)
    if ('result' in outcome) sound.set(name, doses(outcome.result))
  }
  const tally = new Map<string, number>()
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1)
  const faults: string[] = []
  const silent: string[] = []
  const start = performance.now()
  let slowest = 0
  for (let at = 0; at < n; at++) {
    const name = names[at % names.length] as string
    const bytes = mutate(
      seeds.get(name) as Uint8Array<ArrayBuffer>,
      new FuzzRandom(seed * 1_000_003 + at),
      others,
    )
    const began = performance.now()
    try {
      const outcome = await readDose(bytes)
      if ('code' in outcome) count(outcome.code.replace(/ \(.*/, ''))
      else if (doses(outcome.result).join(';') === sound.get(name)?.join(';')) count('read, unchanged')
      else if (isDoubted(outcome.result)) count('read, changed, doubted')
      else {
        count('read, changed, not doubted')
        if (silent.length < 20) silent.push(`${name}: ${doses(outcome.result).join('; ')}`)
      }
    } catch (cause) {
      faults.push(`case ${at} (${name}): ${cause instanceof Error ? cause.stack : String(cause)}`)
    }
    slowest = Math.max(slowest, performance.now() - began)
  }
  console.log(
    `${n} damaged dose reports of seed ${seed} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  )
  for (const [what, cases] of [...tally].sort((a, b) => b[1] - a[1]))
    console.log(`  ${what.padEnd(36)} ${cases}`)
  console.log(
    `slowest ${slowest.toFixed(0)} ms; crashes, numbers of unknown origin and uncoded failures: ${faults.length}`,
  )
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`)
  if (silent.length > 0) console.log('changed without a doubt, among others:')
  for (const one of silent) console.log(`  ${one}`)
  return faults.length === 0 && slowest < HANG_MS
}
