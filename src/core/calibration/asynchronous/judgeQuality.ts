import { QctError, type QctWarning, qctWarning } from '../../errors.ts'
import { CALIBRATION_GATES } from '../calibrationGates.ts'
import type { CheckedRod, QualityCheck, QualityLimits } from './qualityCheck.ts'
import type { StoredCalibration, StoredRod } from './storedCalibration.ts'

/**
 * The limits of a site that has stated none.
 *
 * 1 %: the precision of phantom measurements "generally should be within 1 %" (ACR–SPR–SSR Practice Parameter for the
 * Performance of Musculoskeletal QCT, VI.B); 50 mg/cm³: the lowest density for which accuracy is published, that of the
 * European Spine Phantom (Eur Radiol Exp 2021, s41747-021-00241-1).
 */
export const DEFAULT_QUALITY_LIMITS: QualityLimits = {
  deviationPercent: 1,
  leastDensityMgPerCm3: 50,
  residualSdMgPerCm3: CALIBRATION_GATES.residualRefuse,
  setBy: 'program',
}

/** So many standard errors of its noise a rod may need to be as sure as the limit. */
const SURE = 2

/** What a later phantom scan measured. */
export interface LaterRods {
  readonly rods: readonly StoredRod[]
  /** Of its own line; null for two rods. */
  readonly residualSdMgPerCm3: number | null
}

/** The judgement of a later phantom scan. */
export interface QualityJudgement extends Pick<QualityCheck, 'passed' | 'rods'> {
  /** What it failed by. */
  readonly faults: readonly QctWarning[]
  readonly warnings: readonly QctWarning[]
}

/**
 * Compares a later scan of a phantom with the stored one: every rod's density by the stored line, then and now. A change of the
 * scanner shows as a change of the densities it would give to patients.
 *
 * @throws {QctError} `QUALITY_NOT_JUDGEABLE` when no rod of sufficient density was measured in both scans.
 */
export function judgeQuality(
  stored: Pick<StoredCalibration, 'line' | 'origin'>,
  later: LaterRods,
  limits: QualityLimits = DEFAULT_QUALITY_LIMITS,
): QualityJudgement {
  const then = stored.origin?.rods ?? []
  const pairs = then.flatMap((rod) => {
    const now = later.rods.find(({ label }) => label === rod.label)
    return now === undefined ? [] : [[rod, now] as const]
  })
  const rods = pairs.map(([before, now]) => checkedRod(stored.line, before, now, limits))
  const judged = rods.filter(({ verdict }) => verdict !== 'not judged')
  if (judged.length === 0) throw new QctError('QUALITY_NOT_JUDGEABLE', { least: limits.leastDensityMgPerCm3 })

  const faults: QctWarning[] = judged
    .filter(({ verdict }) => verdict === 'beyond')
    .map(({ label, deviationPercent }) =>
      qctWarning('QUALITY_DEVIATION', { label, deviationPercent, limit: limits.deviationPercent }),
    )
  const residual = later.residualSdMgPerCm3
  if (residual !== null && residual > limits.residualSdMgPerCm3)
    faults.push(qctWarning('QUALITY_RESIDUAL_LARGE', { residual, limit: limits.residualSdMgPerCm3 }))

  const missing = then.filter(({ label }) => rods.every((rod) => rod.label !== label))
  const noisy = judged.filter(
    ({ standardErrorMgPerCm3, thenMgPerCm3 }) =>
      SURE * standardErrorMgPerCm3 > (limits.deviationPercent / 100) * thenMgPerCm3,
  )
  return {
    passed: faults.length === 0,
    rods,
    faults,
    warnings: [
      ...(missing.length === 0
        ? []
        : [qctWarning('QUALITY_RODS_NOT_COMPARED', { labels: missing.map(({ label }) => label) })]),
      ...(noisy.length === 0
        ? []
        : [qctWarning('QUALITY_NOISY', { labels: noisy.map(({ label }) => label) })]),
    ],
  }
}

function checkedRod(
  { slopeMgPerCm3PerHu: slope, interceptMgPerCm3: intercept }: StoredCalibration['line'],
  before: StoredRod,
  now: StoredRod,
  limits: QualityLimits,
): CheckedRod {
  const thenMgPerCm3 = slope * before.meanHu + intercept
  const nowMgPerCm3 = slope * now.meanHu + intercept
  // A density of exactly 0 has no share of itself; it is below every limit and not judged.
  const deviationPercent =
    thenMgPerCm3 === 0 ? 0 : (100 * (nowMgPerCm3 - thenMgPerCm3)) / Math.abs(thenMgPerCm3)
  const verdict =
    thenMgPerCm3 < limits.leastDensityMgPerCm3
      ? 'not judged'
      : Math.abs(deviationPercent) > limits.deviationPercent
        ? 'beyond'
        : 'within'
  return {
    label: before.label,
    thenMgPerCm3,
    nowMgPerCm3,
    standardErrorMgPerCm3: Math.abs(slope) * Math.hypot(before.standardErrorHu, now.standardErrorHu),
    deviationPercent,
    verdict,
  }
}
