import { repeat } from './repeat.ts'
import type { Drawn } from './scanner.ts'

/** Runs repeats of a seed from one index to before another and prints them: the child of the bench. */
const [seed, from, to, drawn] = process.argv.slice(2)
if (seed !== undefined) {
  const repeats = []
  for (let index = Number(from); index < Number(to); index++) {
    repeats.push(repeat(Number(seed), index, drawn as Drawn))
  }
  console.log(JSON.stringify(repeats))
}
