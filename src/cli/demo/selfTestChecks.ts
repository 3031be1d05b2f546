import { type LpsPoint, lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { angleBetween, displacement, distance, length, reject } from '../../core/geometry/vector.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamTruth } from '../../demo/examTruth.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'

/** One comparison of the self-test: what was compared, how far it was off, how far it may be. */
export interface SelfTestCheck {
  readonly name: string
  readonly found: string
  readonly passed: boolean
}

/** How far the measurement may be off the truth on the default digital exam (1 mm slices). */
export const SELF_TEST_LIMITS = {
  /** Sample of a rod to the rod's axis, mm: well inside the thinnest rod. */
  rodMm: 2,
  /** Slope of the calibration, per cent of the true one. */
  slopePercent: 1.5,
  /** vBMD beyond two standard errors of the VOI's noise, mg/cm³. */
  vbmdMgPerCm3: 1.5,
  voiMm: 1.5,
  tiltDeg: 3,
} as const

const point = (triple: readonly number[]): LpsPoint =>
  lpsPoint(triple[0] ?? Number.NaN, triple[1] ?? Number.NaN, triple[2] ?? Number.NaN)
const direction = (triple: readonly number[]) =>
  lpsVector(triple[0] ?? Number.NaN, triple[1] ?? Number.NaN, triple[2] ?? Number.NaN)

/** Compares a record with the truth of the digital exam it was measured on; a missing value is a failed check. */
export function selfTestChecks(record: ExamRecord, truth: ExamTruth): SelfTestCheck[] {
  return [
    {
      name: phrase('cli.check.status'),
      found: record.refusal?.code ?? record.status,
      passed: record.status === 'done',
    },
    ...calibrationChecks(record, truth),
    ...record.decisions.levels.flatMap((level) => levelChecks(record, truth, level)),
    meanCheck(record, truth),
    ...doseCheck(record, truth),
  ]
}

/** A deviation against its limit; not a number fails. */
const within = (name: string, deviation: number, limit: number, unit: string): SelfTestCheck => ({
  name,
  found: phrase('cli.check.deviation', {
    deviation: Number.isNaN(deviation) ? '—' : deviation.toFixed(2),
    limit,
    unit,
  }),
  passed: Math.abs(deviation) <= limit,
})

function calibrationChecks({ results }: ExamRecord, { phantom }: ExamTruth): SelfTestCheck[] {
  if (phantom === null) return []
  const { calibration } = results
  const offAxis = phantom.rods.map(({ label, centerLps, axisLps }) => {
    const found = calibration.rods.find((rod) => rod.label === label)
    if (found === undefined) return Number.NaN
    return length(reject(displacement(point(centerLps), point(found.centerLps)), direction(axisLps)))
  })
  const slope = calibration.slopeMgPerCm3PerHu ?? Number.NaN
  return [
    {
      name: phrase('cli.check.phantom'),
      found: calibration.phantom ?? '—',
      passed: calibration.phantom === phantom.id,
    },
    within(phrase('cli.check.rods'), Math.max(...offAxis), SELF_TEST_LIMITS.rodMm, 'mm'),
    within(
      phrase('cli.check.slope'),
      100 * (slope / phantom.slopeMgPerCm3PerHu - 1),
      SELF_TEST_LIMITS.slopePercent,
      '%',
    ),
  ]
}

function levelChecks({ results, decisions }: ExamRecord, truth: ExamTruth, level: string): SelfTestCheck[] {
  const expected = truth.levels.find((entry) => entry.level === level)
  const found = results.spine.levels.find((entry) => entry.level === level)
  const voi = decisions.rois.find((roi) => roi.level === level)?.voi
  if (expected === undefined || found === undefined || voi === undefined || voi === null)
    return [{ name: phrase('cli.check.level', { level }), found: found?.refusal?.code ?? '—', passed: false }]
  const error = (found.vbmdMgPerCm3 ?? Number.NaN) - expected.vbmdMgPerCm3
  const noise = (found.standardErrorHu ?? Number.NaN) * (truth.phantom?.slopeMgPerCm3PerHu ?? Number.NaN)
  const excess = Number.isNaN(error + noise) ? Number.NaN : Math.max(0, Math.abs(error) - 2 * noise)
  return [
    within(phrase('cli.check.vbmd', { level }), excess, SELF_TEST_LIMITS.vbmdMgPerCm3, 'mg/cm³'),
    within(
      phrase('cli.check.center', { level }),
      distance(point(voi.centerLps), point(expected.voi.centerLps)),
      SELF_TEST_LIMITS.voiMm,
      'mm',
    ),
    within(
      phrase('cli.check.tilt', { level }),
      angleBetween(direction(voi.normalLps), direction(expected.voi.normalLps)),
      SELF_TEST_LIMITS.tiltDeg,
      '°',
    ),
  ]
}

/** The mean of the measured levels against the mean of their true densities, beyond its stated uncertainty. */
function meanCheck({ results, decisions }: ExamRecord, truth: ExamTruth): SelfTestCheck {
  const { spine } = results
  const densities = truth.levels
    .filter(({ level }) => decisions.levels.some((asked) => asked === level))
    .map(({ vbmdMgPerCm3 }) => vbmdMgPerCm3)
  const mean = densities.reduce((sum, density) => sum + density, 0) / densities.length
  const deviation = (spine.meanVbmdMgPerCm3 ?? Number.NaN) - mean
  const noise = spine.meanUncertaintyMgPerCm3 ?? Number.NaN
  const excess = Number.isNaN(deviation + noise) ? Number.NaN : Math.max(0, Math.abs(deviation) - noise)
  return within(phrase('cli.check.mean'), excess, SELF_TEST_LIMITS.vbmdMgPerCm3, 'mg/cm³')
}

/** Every exposure event with the dose its scanner stated, none more and none less: there is nothing to tolerate. */
function doseCheck({ results }: ExamRecord, truth: ExamTruth): SelfTestCheck[] {
  if (truth.dose === null) return []
  const stated = truth.dose.filter(({ exposureEvent }) => exposureEvent !== null)
  const read = (results.dose?.events ?? []).filter(({ exposureEvent }) => exposureEvent !== null)
  const alike = stated.filter(({ ctdiVolMgy, dlpMgyCm, phantomCm }, index) => {
    const event = read[index]
    return event?.ctdiVolMgy === ctdiVolMgy && event.dlpMgyCm === dlpMgyCm && event.phantomCm === phantomCm
  })
  const passed = alike.length === stated.length && read.length === stated.length
  const found = phrase('cli.check.doses', { found: alike.length, expected: stated.length })
  return [{ name: phrase('cli.check.dose'), found, passed }]
}
