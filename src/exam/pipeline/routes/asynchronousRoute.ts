import {
  type AsynchronousMatch,
  type AsynchronousReason,
  type AsynchronousScan,
  asynchronousReasonInWords,
  matchCalibration,
} from '../../../core/calibration/asynchronous/matchCalibration.ts'
import type { StoredCalibration } from '../../../core/calibration/asynchronous/storedCalibration.ts'
import { QctError, qctWarning } from '../../../core/errors.ts'
import { mgPerCm3 } from '../../../core/units.ts'
import type { AsynchronousInputs } from '../../record/calibrationInputs.ts'
import type { CalibrationResult } from '../../record/results.ts'
import { NO_CALIBRATION_RESULT } from '../calibrationResult.ts'
import type { ExamContext } from '../examContext.ts'
import { type ExamRoute, stopped } from './examRoute.ts'
import { lineRoute } from './lineRoute.ts'
import { monoenergeticKev } from './seriesEnergy.ts'

interface Candidate {
  readonly stored: StoredCalibration
  readonly match: AsynchronousMatch
}

/**
 * A phantom scan kept from earlier as a route. Of several stored ones the best match is taken: none that the policy
 * refuses, then the one with the fewest differences, then the nearest in time.
 *
 * @param context - The date of the study stands in where the series states none.
 */
export function asynchronousRoute(
  inputs: AsynchronousInputs | null,
  context: Pick<ExamContext, 'series' | 'study' | 'voltages'>,
): ExamRoute {
  if (inputs === null || inputs.stored.length === 0)
    return stopped('not possible', 'asynchronous', new QctError('ASYNCHRONOUS_NOT_GIVEN', {}))
  const scan = scanOf(context)
  const candidates = inputs.stored.map(
    (stored): Candidate => ({ stored, match: matchCalibration(scan, stored, inputs.quality, inputs.policy) }),
  )
  const best = candidates.reduce((one, other) => (isBetter(other, one, scan.date) ? other : one))
  const reasons = best.match.reasons.map(asynchronousReasonInWords)
  if (best.match.verdict === 'refuse') {
    const refusing = best.match.reasons
      .filter(({ verdict }) => verdict === 'refuse')
      .map(asynchronousReasonInWords)
    return {
      ...stopped('refused', 'asynchronous', new QctError('ASYNCHRONOUS_REFUSED', { reasons: refusing })),
      reasons,
    }
  }
  const { line, mineral } = best.stored
  return lineRoute({
    route: 'asynchronous',
    mineral,
    slope: line.slopeMgPerCm3PerHu,
    intercept: mgPerCm3(line.interceptMgPerCm3),
    covariance: line.covariance,
    warnings: reasons.map((reason) => qctWarning('ASYNCHRONOUS_DIFFERENCE', { reason })),
    reasons,
    warningsAt: () => [],
    result: () => resultOf(best),
  })
}

function scanOf({
  series,
  study,
  voltages,
}: Pick<ExamContext, 'series' | 'study' | 'voltages'>): AsynchronousScan {
  const facts = series?.acquisition
  return {
    deviceSerial: facts?.deviceSerialNumber ?? null,
    model: facts?.manufacturerModelName ?? null,
    kvp: voltages ?? [facts?.kvp ?? null],
    acquisition: {
      kernel: facts?.convolutionKernel ?? null,
      tableHeightMm: facts?.tableHeight ?? null,
      reconstructionDiameterMm: facts?.reconstructionDiameter ?? null,
      sliceThicknessMm: facts?.sliceThickness ?? null,
      monoenergeticKev: series === null ? null : monoenergeticKev(series),
    },
    date: facts?.acquisitionDate ?? study.studyDate,
  }
}

const refusals = (reasons: readonly AsynchronousReason[]) =>
  reasons.filter(({ verdict }) => verdict === 'refuse').length

function isBetter(one: Candidate, other: Candidate, date: string | null): boolean {
  const order = ({ match, stored }: Candidate) => [
    refusals(match.reasons),
    match.reasons.length,
    date === null ? 0 : Math.abs(Date.parse(date) - Date.parse(stored.date)),
  ]
  const [a, b] = [order(one), order(other)]
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0)
}

function resultOf({ stored, match }: Candidate): CalibrationResult {
  const { key, line } = stored
  return {
    ...NO_CALIBRATION_RESULT,
    id: 'asynchronous',
    method: 'asynchronous',
    phantom: stored.phantom,
    mineral: stored.mineral,
    slopeMgPerCm3PerHu: line.slopeMgPerCm3PerHu,
    interceptMgPerCm3: line.interceptMgPerCm3,
    residualSdMgPerCm3: line.residualSdMgPerCm3,
    covariance: line.covariance,
    asynchronous: {
      deviceSerial: key.deviceSerial,
      model: key.model,
      kvp: key.kvp,
      phantomSerial: key.phantomSerial,
      date: stored.date,
      qualityPassed: match.reasons.every(({ check }) => check !== 'qc'),
      reasons: match.reasons.map((reason) => ({
        check: reason.check,
        verdict: reason.verdict,
        message: asynchronousReasonInWords(reason),
      })),
    },
  }
}
