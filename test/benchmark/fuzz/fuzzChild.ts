import { FuzzRandom } from './fuzzRandom.ts'
import { mutate } from './mutate.ts'
import { readEverything } from './readEverything.ts'
import { seedFiles } from './seedFiles.ts'

/** What the child tells its parent: that it is ready, which case it begins, what became of it. */
export type FuzzMessage =
  | { readonly kind: 'ready'; readonly rssMib: number }
  | { readonly kind: 'begin'; readonly n: number; readonly name: string }
  | {
      readonly kind: 'end'
      readonly n: number
      readonly ms: number
      readonly peakMib: number
      readonly decoded: boolean
      readonly codes: readonly string[]
      readonly fault?: string
    }

const peakMib = () => process.resourceUsage().maxRSS / 1024
const tell = (message: FuzzMessage) => process.send?.(message)

/** Words: first case, step, number of cases, seed. Each case depends on the seed and its number alone. */
async function run(): Promise<void> {
  const [first = 0, step = 1, count = 0, seed = 1] = process.argv.slice(2).map(Number)
  const files = await seedFiles()
  const names = [...files.keys()]
  const others = [...files.values()]
  for (const bytes of others) await readEverything(bytes) // codecs are loaded before memory is compared
  tell({ kind: 'ready', rssMib: peakMib() })
  for (let n = first; n < count; n += step) {
    const random = new FuzzRandom(seed * 1_000_003 + n)
    const name = names[n % names.length] as string
    tell({ kind: 'begin', n, name })
    const bytes = mutate(files.get(name) as Uint8Array<ArrayBuffer>, random, others)
    const start = performance.now()
    try {
      const { decoded, codes } = await readEverything(bytes)
      tell({ kind: 'end', n, ms: performance.now() - start, peakMib: peakMib(), decoded: decoded > 0, codes })
    } catch (cause) {
      const fault = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
      tell({
        kind: 'end',
        n,
        ms: performance.now() - start,
        peakMib: peakMib(),
        decoded: false,
        codes: [],
        fault,
      })
    }
  }
  process.disconnect?.()
}

await run()
