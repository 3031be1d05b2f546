import { join } from 'node:path'
import { inParallel, runChild } from './childProcesses.ts'
import type { Bench } from './run.ts'
import type { SpineCase } from './spineSeeded/spineCase.ts'

/** Largest vBMD error beyond two standard errors of the ROI's noise, in mg/cm³, by slice thickness. */
const EXCESS_LIMITS = [
  { upToMm: 1.5, limit: 1.5 },
  { upToMm: 3, limit: 2 },
  { upToMm: 5, limit: 3 },
] as const
const BIAS_LIMIT = 0.7
const CENTER_LIMIT_MM = 1.5
const TILT_LIMIT_DEG = 3
const FALSE_WARNING_LIMIT = 0.03

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const largest = (values: readonly number[]) => values.reduce((a, b) => (b > a || Number.isNaN(b) ? b : a), 0)
const text = (value: number, digits = 2) => value.toFixed(digits).padStart(6)

/**
 * Seeded spine BMD on digital exams of known truth: written as DICOM, measured by the command line, compared.
 * Prints one line per exam, the worst level by slice thickness, and whether each limit of the issue held.
 */
const spineSeeded: Bench = async ({ n = 40, seed = 1, jobs = 2 }) => {
  const script = join(import.meta.dirname, 'spineSeeded', 'oneExam.ts')
  console.log(`spine-seeded: ${n} exams of seed ${seed}\n`)
  console.log(
    'exam phantom                    kVp slice noise rods  max|err|-2SE  max center  max tilt  refused  false warnings',
  )
  const cases = await inParallel(
    Array.from({ length: n }, (_, index) => index),
    jobs,
    async (index) => {
      const { stdout, stderr, status } = await runChild([script, String(seed), String(index)])
      if (status !== 0) throw new Error(`exam ${index} failed: ${stderr}`)
      const result: SpineCase = JSON.parse(stdout)
      console.log(line(result))
      return result
    },
  )
  return report(cases)
}
export default spineSeeded

function line(result: SpineCase): string {
  const { levels } = result
  const refused = levels.filter((level) => level.refusal !== null)
  return [
    String(result.index).padStart(4),
    result.phantom.padEnd(26),
    String(result.kvp).padStart(3),
    result.thicknessMm.toFixed(2).padStart(5),
    result.noiseSdHu.toFixed(0).padStart(5),
    (result.rodsRight ? 'right' : 'WRONG').padStart(5),
    text(largest(levels.map((level) => level.excess))).padStart(13),
    text(largest(levels.map((level) => level.centerMm))).padStart(11),
    text(largest(levels.map((level) => level.tiltDeg))).padStart(9),
    (refused.map((level) => `${level.level}:${level.refusal}`).join(' ') || '-').padStart(8),
    result.refusal ?? result.falseWarnings.join(' '),
  ].join(' ')
}

function report(cases: readonly SpineCase[]): boolean {
  const levels = cases.flatMap((result) => result.levels.map((level) => ({ ...level, result })))
  const errors = levels.map((level) => level.error)
  const bias = mean(errors)
  console.log(
    '\nslices          levels  mean err  SD err  max|err|  max|err|-2SE  limit  over  inside 95 % interval',
  )
  let excessHeld = true
  let low = 0
  for (const { upToMm, limit } of EXCESS_LIMITS) {
    const group = levels.filter(({ result }) => result.thicknessMm > low && result.thicknessMm <= upToMm)
    if (group.length > 0) {
      const over = group.filter((level) => !(level.excess <= limit))
      const average = mean(group.map((level) => level.error))
      const spread = Math.sqrt(mean(group.map((level) => (level.error - average) ** 2)))
      const covered =
        group.filter((level) => Math.abs(level.error) <= level.uncertainty).length / group.length
      excessHeld &&= over.length === 0
      console.log(
        `${low} to ${upToMm} mm`.padEnd(15) +
          [String(group.length).padStart(7), text(average).padStart(9), text(spread).padStart(7)].join(' ') +
          text(largest(group.map((level) => Math.abs(level.error)))).padStart(10) +
          text(largest(group.map((level) => level.excess))).padStart(14) +
          `${text(limit, 1)} ${String(over.length).padStart(5)}  ${(100 * covered).toFixed(1)} %`,
      )
    }
    low = upToMm
  }
  const clean = cases.filter((result) => result.thicknessMm <= 3)
  const falseShare =
    clean.filter((result) => result.falseWarnings.length > 0).length / Math.max(1, clean.length)
  const rods = cases.filter((result) => result.rodsRight).length
  const centers = largest(levels.map((level) => level.centerMm))
  const tilts = largest(levels.map((level) => level.tiltDeg))
  const thick = cases.filter((result) => result.thicknessMm > 3)
  const checks: readonly (readonly [string, string, boolean])[] = [
    ['rods found and named right', `${rods}/${cases.length}`, rods === cases.length],
    ['vBMD error beyond 2 SE within its limit', '', excessHeld],
    [`mean bias at most ${BIAS_LIMIT} mg/cm³`, bias.toFixed(2), Math.abs(bias) <= BIAS_LIMIT],
    [`VOI centre at most ${CENTER_LIMIT_MM} mm off`, centers.toFixed(2), centers <= CENTER_LIMIT_MM],
    [`VOI axis at most ${TILT_LIMIT_DEG}° off`, tilts.toFixed(2), tilts <= TILT_LIMIT_DEG],
    ['every level measured', '', levels.every((level) => level.refusal === null)],
    ['every exam over 3 mm warned', `${thick.length}`, thick.every((result) => result.thickSliceWarned)],
    [
      `false warnings on at most ${100 * FALSE_WARNING_LIMIT} % of clean exams`,
      `${(100 * falseShare).toFixed(1)} %`,
      falseShare <= FALSE_WARNING_LIMIT,
    ],
  ]
  console.log('')
  for (const [what, found, held] of checks) console.log(`${held ? 'held' : 'NOT HELD'}  ${what}  ${found}`)
  const generate = mean(cases.map((result) => result.seconds.generate))
  const analyze = mean(cases.map((result) => result.seconds.analyze))
  console.log(
    `\nmean seconds per exam: generated in ${generate.toFixed(1)}, analysed in ${analyze.toFixed(1)}`,
  )
  return checks.every(([, , held]) => held)
}
