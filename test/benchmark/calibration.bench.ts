import { join } from 'node:path'
import { printLimits } from './calibration/limitTable.ts'
import type { Case, Kind } from './calibration/oneCase.ts'
import {
  asynchronousLimits,
  dualLimits,
  huOnlyLimits,
  inScanLimits,
  tissueLimits,
} from './calibration/verdicts.ts'
import { inParallel, runChild } from './childProcesses.ts'
import type { Bench } from './run.ts'

/** Paired scans from which the tissue reference is learned. */
const TRAINING = 12

/**
 * Every route of the calibration on digital exams of known truth: all phantom types in turn, drifting scanners, noise of
 * 10–40 HU, slices of 0.6–5 mm. In-scan, asynchronous and HU-only share their exams; the tissue route has a scanner of its
 * own, whose first patients teach it; pairs of voltages are of 50, 100 and 200 mg HA/cm³.
 */
const calibration: Bench = async ({ n = 60, seed = 1, jobs = 2 }) => {
  const script = join(import.meta.dirname, 'calibration', 'oneCase.ts')
  const started = performance.now()
  const run = async <K extends Kind>(kind: K, count: number, print: (one: Case<K>) => string) =>
    inParallel(
      Array.from({ length: count }, (_, index) => index),
      jobs,
      async (index) => {
        const { stdout, stderr, status } = await runChild([script, kind, String(seed), String(index)])
        if (status !== 0) throw new Error(`${kind} ${index} failed: ${stderr}`)
        const one: Case<K> = JSON.parse(stdout)
        console.log(`${kind.padEnd(8)} ${String(index).padStart(3)}  ${print(one)}`)
        return one
      },
    )
  const tests = Math.max(4, Math.round(n / 3))
  const pairs = Math.max(4, Math.round(n / 4))
  console.log(`calibration: ${n} exams of seed ${seed}, ${TRAINING} + ${tests} tissue, ${pairs} pairs\n`)

  const scans = await run('scan', n, (one) =>
    [
      one.phantom.padEnd(26),
      `${one.sliceMm.toFixed(2)} mm ${one.noiseHu.toFixed(0)} HU ${one.kvp} kVp`.padEnd(24),
      one.rods,
      one.inScan.map(({ error, noise }) => `${error.toFixed(2)}±${noise.toFixed(2)}`).join(' '),
      one.warnings.join(' '),
      `${one.seconds.toFixed(1)} s`,
    ].join('  '),
  )
  const tissues = await run('tissue', TRAINING + tests, ({ pair, seconds }) =>
    [
      ...pair.tissues.map(({ tissue, meanHu }) => `${tissue} ${meanHu.toFixed(0)}`),
      `${seconds.toFixed(1)} s`,
    ].join('  '),
  )
  const contrast = await run('contrast', tests, ({ phase, aortaHu, isWarned }) =>
    [phase.padEnd(14), `aorta ${aortaHu.toFixed(0)} HU`, isWarned ? 'warned' : 'SILENT'].join('  '),
  )
  const dual = await run('dual', pairs, ({ hasFat, levels, seconds }) =>
    [
      hasFat ? 'fat  ' : 'water',
      levels.map(({ dual, single }) => `${dual.toFixed(1)} (single ${single.toFixed(1)})`).join('  '),
      `${seconds.toFixed(1)} s`,
    ].join('  '),
  )

  console.log()
  const held = printLimits([
    ...inScanLimits(scans),
    ...asynchronousLimits(scans),
    ...tissueLimits(tissues, TRAINING, contrast),
    ...dualLimits(dual),
    ...huOnlyLimits(scans),
  ])
  console.log(`\n${((performance.now() - started) / 60_000).toFixed(1)} min`)
  return held
}
export default calibration
