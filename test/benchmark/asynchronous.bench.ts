import { join } from 'node:path'
import type { ScannerCase, ScannerErrors } from './asynchronous/oneScanner.ts'
import { inParallel, runChild } from './childProcesses.ts'
import type { Bench } from './run.ts'

/** A matched calibration may be wrong by this much at 100 mg/cm³ on a scanner that is linear, mg/cm³. */
const MATCHED_LIMIT = 2.5

/**
 * Stored calibrations on digital scanners of known truth: a scan of the phantom alone is analysed, then a patient is scanned on the
 * same phantom, and 100 mg/cm³ in the spine is read by the kept line and by the exam's own rods; once on a linear scanner,
 * once with a tenth of the beam hardening left, which a phantom without a patient cannot know.
 */
const asynchronous: Bench = async ({ n = 21, seed = 1, jobs = 2 }) => {
  console.log(`asynchronous: ${n} scanners of seed ${seed}\n`)
  const script = join(import.meta.dirname, 'asynchronous', 'oneScanner.ts')
  const indices = Array.from({ length: n }, (_, index) => index)
  const cases = await inParallel(indices, jobs, async (index) => {
    const { stdout, stderr, status } = await runChild([script, String(seed), String(index)])
    if (status !== 0) throw new Error(`scanner ${index} failed: ${stderr}`)
    const result: ScannerCase = JSON.parse(stdout)
    console.log(line(result))
    return result
  })
  console.log()
  const measured = (scanner: 'linear' | 'hardened') =>
    cases.map((one) => one[scanner]).filter((errors) => typeof errors !== 'string')
  for (const scanner of ['linear', 'hardened'] as const)
    for (const route of ['asynchronous', 'inScan'] as const)
      console.log(
        `${scanner.padEnd(9)} ${route.padEnd(13)} ${summary(measured(scanner).map((errors) => errors[route]))}`,
      )
  const refused = cases.filter(({ linear }) => typeof linear === 'string').length
  const worst = Math.max(...measured('linear').map(({ asynchronous: error }) => Math.abs(error)))
  const limits: [string, string, boolean][] = [
    ['phantom scans and exams calibrated', `${n - refused}/${n}`, refused === 0],
    ['largest error of a matched line, linear scanner', worst.toFixed(2), worst <= MATCHED_LIMIT],
  ]
  for (const [what, value, held] of limits) console.log(`${held ? 'held  ' : 'BROKEN'} ${what}: ${value}`)
  return limits.every(([, , held]) => held)
}
export default asynchronous

const printed = (errors: ScannerErrors | string) =>
  typeof errors === 'string' ? errors : `${errors.asynchronous.toFixed(2)} / ${errors.inScan.toFixed(2)}`

const line = (result: ScannerCase) =>
  [
    String(result.index).padStart(3),
    result.phantom.padEnd(26),
    `${result.kvp} kVp ${result.sliceMm.toFixed(2)} mm ${result.noiseHu.toFixed(0)} HU`.padStart(22),
    `linear ${printed(result.linear)}`.padEnd(24),
    `hardened ${printed(result.hardened)}`,
  ].join('  ')

/** Mean, SD and largest of some errors, mg/cm³. */
function summary(errors: readonly number[]): string {
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const sd = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1))
  const largest = Math.max(...errors.map(Math.abs))
  return `bias ${mean.toFixed(2)}, SD ${sd.toFixed(2)}, largest ${largest.toFixed(2)} mg/cm³`
}
