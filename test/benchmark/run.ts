import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** What every bench may be asked for: how many cases, from which seed, on how many processes at once. */
export interface BenchOptions {
  readonly n?: number
  readonly seed?: number
  readonly jobs?: number
}

/** A bench: measures, prints its table, and answers whether its limits held. */
export type Bench = (options: BenchOptions) => Promise<boolean>

const folder = import.meta.dirname
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { n: { type: 'string' }, seed: { type: 'string' }, jobs: { type: 'string' } },
})
const fileOf = (bench: string) =>
  join(folder, `${bench.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.bench.ts`)
const name = positionals[0]

if (name === undefined || !existsSync(fileOf(name))) {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.replace('.bench.ts', '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  console.error(`usage: npm run bench -- <name> [--n N] [--seed S] [--jobs J]\nbenches: ${known.join(', ')}`)
  process.exit(2)
}

const bench: { default: Bench } = await import(fileOf(name))
const whole = (text: string | undefined, option: string) => {
  if (text === undefined) return {}
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`--${option} takes a whole number, not "${text}"`)
    process.exit(2)
  }
  return { [option]: value }
}
const held = await bench.default({
  ...whole(values.n, 'n'),
  ...whole(values.seed, 'seed'),
  ...whole(values.jobs, 'jobs'),
})
process.exit(held ? 0 : 1)
