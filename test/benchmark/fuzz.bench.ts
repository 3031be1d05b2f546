import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { FuzzMessage } from './fuzz/fuzzChild.ts'
import type { BenchOptions } from './run.ts'

const HANG_MS = 5000
const MOST_GROWTH_MIB = 1024

/** What all cases came to. */
interface Tally {
  cases: number
  decoded: number
  slowestMs: number
  growthMib: number
  readonly codes: Map<string, number>
  /** Cases that ended otherwise than by pixels or a code: crash, hang, uncoded failure. */
  readonly faults: string[]
}

/** Runs cases `first`, `first + step` … in a child until it ends, falls silent or dies; gives the next case to run. */
function runChild(first: number, step: number, count: number, seed: number, tally: Tally): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'fuzz/fuzzChild.ts'), [first, step, count, seed].map(String))
    let current = first
    let name = ''
    let baseMib = Number.POSITIVE_INFINITY
    let isRunning = false
    let silence: NodeJS.Timeout | undefined
    const watch = (ms: number) => {
      clearTimeout(silence)
      silence = setTimeout(() => child.kill('SIGKILL'), ms)
    }
    watch(60_000) // loading the codecs on a busy machine
    child.on('message', (message: FuzzMessage) => {
      if (message.kind === 'ready') baseMib = message.rssMib
      else if (message.kind === 'begin') {
        current = message.n
        name = message.name
        isRunning = true
        watch(HANG_MS)
      } else {
        isRunning = false
        tally.cases += 1
        tally.decoded += message.decoded ? 1 : 0
        tally.slowestMs = Math.max(tally.slowestMs, message.ms)
        tally.growthMib = Math.max(tally.growthMib, message.peakMib - baseMib)
        for (const code of new Set(message.codes)) tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1)
        if (message.fault !== undefined) tally.faults.push(`case ${message.n} (${name}): ${message.fault}`)
        watch(HANG_MS)
      }
    })
    child.on('exit', (code, signal) => {
      clearTimeout(silence)
      if (code === 0 && !isRunning) return resolve(count)
      tally.cases += 1
      tally.faults.push(
        `case ${current} (${name}): ${signal === 'SIGKILL' ? `no answer in ${HANG_MS} ms` : `process died (${code ?? signal})`}`,
      )
      resolve(current + step)
    })
  })
}

/**
 * Reads `n` damaged files (20 000 unless told) in child processes. Holds when each ends in pixels or a coded failure
 * within 5 s, no process dies and none grows by more than 1 GiB.
 */
export default async function fuzz({ n = 20_000, seed = 1, jobs = 2 }: BenchOptions): Promise<boolean> {
  const tally: Tally = { cases: 0, decoded: 0, slowestMs: 0, growthMib: 0, codes: new Map(), faults: [] }
  const start = performance.now()
  await Promise.all(
    Array.from({ length: jobs }, async (_, job) => {
      for (let next = job; next < n; ) next = await runChild(next, jobs, n, seed, tally)
    }),
  )
  console.log(
    `${tally.cases} damaged files of seed ${seed} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  )
  console.log(`  still decoded  ${tally.decoded}`)
  for (const [code, cases] of [...tally.codes].sort((a, b) => b[1] - a[1]))
    console.log(`  ${code.padEnd(28)} ${cases}`)
  console.log(
    `slowest ${tally.slowestMs.toFixed(0)} ms; memory grew by at most ${tally.growthMib.toFixed(0)} MiB`,
  )
  console.log(`crashes, hangs and uncoded failures: ${tally.faults.length}`)
  for (const fault of tally.faults.slice(0, 20)) console.log(`  ${fault}`)
  return tally.faults.length === 0 && tally.cases === n && tally.growthMib <= MOST_GROWTH_MIB
}
