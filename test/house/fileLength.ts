import { globSync, readFileSync } from 'node:fs'

/** No source file is longer: a longer one holds more than one concept. */
const MAX_LINES = 400

const tooLong = globSync('{src,test}/**/*.{ts,tsx}')
  .map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length }))
  .filter(({ lines }) => lines > MAX_LINES)

for (const { path, lines } of tooLong)
  console.error(`${path}: ${lines} lines; at most ${MAX_LINES}. Split it by concept.`)
process.exit(tooLong.length === 0 ? 0 : 1)
