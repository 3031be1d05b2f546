import { join } from 'node:path'
import { type Limit, meanOf, printLimits } from './calibration/limitTable.ts'
import { inParallel, runChild } from './childProcesses.ts'
import { COMPARED, PHANTOMS, type Repeat, ROUTES } from './intervals/repeat.ts'
import type { Drawn } from './intervals/scanner.ts'
import type { Bench } from './run.ts'

/** Share of 95 % intervals that must hold the truth. */
const COVERAGE = { low: 0.92, high: 0.98 } as const
const FACTOR = 1.96
/** Repeats a child works through. */
const BATCH = 10

/** Share of intervals that hold, and what was stated and found, of one route. */
function coverageOf(repeats: readonly Repeat[], route: keyof Repeat) {
  const stated = repeats.map((one) => one[route])
  const held = stated.filter(
    ({ error, standardUncertainty }) => Math.abs(error) <= FACTOR * standardUncertainty,
  ).length
  return {
    held,
    n: stated.length,
    rms: Math.sqrt(meanOf(stated.map(({ error }) => error ** 2))),
    stated: Math.sqrt(meanOf(stated.map(({ standardUncertainty }) => standardUncertainty ** 2))),
    bias: meanOf(stated.map(({ error }) => error)),
  }
}

/** The in-scan intervals phantom by phantom, as they are and by noise and scatter alone. */
const byPhantom = (repeats: readonly Repeat[]): Limit[] =>
  PHANTOMS.flatMap((phantom, at) => {
    const of = repeats.filter((_, index) => index % PHANTOMS.length === at)
    if (of.length === 0) return []
    const share = (route: keyof Repeat) => {
      const { held, n } = coverageOf(of, route)
      return `${((100 * held) / n).toFixed(0)} %`
    }
    return [
      {
        what: `in-scan by ${phantom}`,
        found: `${share('in-scan')} of ${of.length}; by noise and scatter alone ${share(COMPARED)}`,
        limit: 'apart',
        held: null,
      },
    ]
  })

/**
 * Whether the stated 95 % intervals hold the truth: crops of rods, bone and tissues by a small renderer of the bench's own,
 * every stated component drawn anew in every repeat, the noise alone once more and apart.
 */
const coverage: Bench = async ({ n = 200, seed = 1, jobs = 2 }) => {
  console.log(`coverage: ${n} repeats of seed ${seed}\n`)
  const started = performance.now()
  const script = join(import.meta.dirname, 'intervals', 'someRepeats.ts')
  const run = async (drawn: Drawn): Promise<Repeat[]> => {
    const starts = Array.from({ length: Math.ceil(n / BATCH) }, (_, batch) => batch * BATCH)
    const batches = await inParallel(starts, jobs, async (from) => {
      const to = String(Math.min(n, from + BATCH))
      const words = [script, String(seed), String(from), to, drawn]
      const { stdout, stderr, status } = await runChild(words)
      if (status !== 0) throw new Error(`repeats from ${from} failed: ${stderr}`)
      const repeats: Repeat[] = JSON.parse(stdout)
      return repeats
    })
    return batches.flat()
  }
  const limits: Limit[] = []
  for (const drawn of ['everything', 'noise only'] as const) {
    const repeats = await run(drawn)
    for (const route of [...ROUTES, COMPARED] as const) {
      const { held, n, rms, stated, bias } = coverageOf(repeats, route)
      const share = held / n
      const isLimited = drawn === 'everything' && route !== COMPARED
      limits.push({
        what: `${route}, ${drawn}`,
        found: `${(100 * share).toFixed(1)} % of ${n}; error ${bias.toFixed(2)}, rms ${rms.toFixed(2)}, stated ${stated.toFixed(2)} mg/cm³`,
        limit: isLimited ? '92–98 %' : 'apart',
        held: isLimited ? share >= COVERAGE.low && share <= COVERAGE.high : null,
      })
    }
    if (drawn === 'everything') limits.push(...byPhantom(repeats))
  }
  const held = printLimits(limits)
  console.log(`\n${((performance.now() - started) / 60_000).toFixed(1)} min`)
  return held
}
export default coverage
