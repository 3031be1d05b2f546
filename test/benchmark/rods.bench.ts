import { join } from 'node:path'
import { inParallel, runChild } from './childProcesses.ts'
import type { RodCase } from './rods/oneScan.ts'
import type { Bench } from './run.ts'

/** A found rod farther from its true axis than this is not right, mm. */
const PLACE_LIMIT_MM = 1
const BIAS_LIMIT = 0.7
const SD_LIMIT = 1.5
const FALSE_WARNING_LIMIT = 0.03

/**
 * Rod finding and in-scan calibration on digital exams of known truth: every phantom named and placed, the density
 * of 100 mg/cm³ of the calibration's mineral as each of L1 to L3 would read it, and nothing found without a phantom.
 */
const rods: Bench = async ({ n = 40, seed = 1, jobs = 2 }) => {
  console.log(`rods: ${n} exams of seed ${seed}, every fourth also without its phantom\n`)
  const script = join(import.meta.dirname, 'rods', 'oneScan.ts')
  const indices = Array.from({ length: n }, (_, index) => index)
  const cases = await inParallel(indices, jobs, async (index) => {
    const { stdout, stderr, status } = await runChild([script, String(seed), String(index)])
    if (status !== 0) throw new Error(`exam ${index} failed: ${stderr}`)
    const result: RodCase = JSON.parse(stdout)
    console.log(line(result))
    return result
  })
  const right = cases.filter(isRight)
  const errors = right.flatMap((one) => one.levels.map((level) => level.error))
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const sd = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1))
  const levels = right.flatMap((one) => one.levels)
  const covered = levels.filter((level) => Math.abs(level.error) <= 1.96 * level.standardError).length
  const warned = cases.filter((one) => one.warnings.length > 0).length
  const hallucinated = cases.filter(
    (one) => one.withoutPhantom !== null && one.withoutPhantom !== 'RODS_NOT_FOUND',
  )
  const limits: [string, string, boolean][] = [
    ['rods found, named and placed', `${right.length}/${n}`, right.length === n],
    ['found where there was none', String(hallucinated.length), hallucinated.length === 0],
    ['bias at 100 mg/cm³', mean.toFixed(2), Math.abs(mean) <= BIAS_LIMIT],
    ['SD at 100 mg/cm³', sd.toFixed(2), sd <= SD_LIMIT],
    ['exams with a false warning', `${warned}/${n}`, warned <= FALSE_WARNING_LIMIT * n],
  ]
  console.log()
  for (const [what, value, held] of limits) console.log(`${held ? 'held  ' : 'BROKEN'} ${what}: ${value}`)
  const seconds = cases.map((one) => one.findSeconds).sort((a, b) => a - b)
  console.log(`95 % intervals that hold the truth: ${covered}/${levels.length}`)
  console.log(
    `finding took ${seconds[seconds.length >> 1]?.toFixed(1)} s in the middle, ${seconds.at(-1)?.toFixed(1)} s at most`,
  )
  return limits.every(([, , held]) => held)
}
export default rods

const isRight = (result: RodCase) => result.found === result.phantom && result.placeMm <= PLACE_LIMIT_MM

const line = (result: RodCase) =>
  [
    String(result.index).padStart(3),
    result.phantom.padEnd(26),
    `${result.sliceMm.toFixed(2)} mm ${result.noiseHu.toFixed(0)} HU`.padStart(14),
    isRight(result) ? 'right' : `WRONG: ${result.found}`,
    `${result.placeMm.toFixed(2)} mm`,
    result.levels.map((level) => `${level.error.toFixed(2)}±${level.standardError.toFixed(2)}`).join(' '),
    result.withoutPhantom ?? '',
    result.warnings.join(' '),
  ].join('  ')
