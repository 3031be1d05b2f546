import type { QualityCheck } from '../../core/calibration/asynchronous/qualityCheck.ts'
import type { StoredCalibration } from '../../core/calibration/asynchronous/storedCalibration.ts'
import { phrase } from '../../core/words/words.ts'
import type { CalibrationRow, QualityCheckRow } from '../../registry/calibrations.ts'

const signed = (value: number, digits: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`

/** A calibration in a few lines: its key, its line, and every doubt in words. */
export function calibrationLines({ key, date, line, mineral, origin }: StoredCalibration): string[] {
  const residual = line.residualSdMgPerCm3
  return [
    phrase('cli.printed.calibrationKey', { ...key, date }),
    phrase('cli.printed.calibrationLine', {
      slope: line.slopeMgPerCm3PerHu.toFixed(4),
      intercept: signed(line.interceptMgPerCm3, 2),
      mineral,
      residual:
        residual === null
          ? phrase('cli.printed.noResidual')
          : phrase('cli.printed.residual', { value: residual.toFixed(2) }),
    }),
    ...(origin?.warnings ?? []).map((warning) => phrase('cli.printed.doubt', { ...warning })),
  ]
}

/** A calibration of a list in one line. */
export function calibrationRowLine(row: CalibrationRow, checks: readonly QualityCheckRow[]): string {
  return phrase('cli.printed.calibrationRow', {
    id: row.calibration_id,
    date: row.scan_date,
    model: row.model,
    deviceSerial: row.device_serial,
    kvp: row.kvp,
    phantomSerial: row.phantom_serial,
    state: stateOf(row, checks),
  })
}

function stateOf(row: CalibrationRow, checks: readonly QualityCheckRow[]): string {
  if (row.withdrawn_at !== null)
    return phrase('cli.printed.withdrawn', {
      date: row.withdrawn_at.toISOString().slice(0, 10),
      reason: row.reason,
    })
  const last = checks.find(({ calibration_id }) => calibration_id === row.calibration_id)
  if (last === undefined) return phrase('cli.printed.unchecked')
  return phrase(last.passed ? 'cli.printed.checkPassed' : 'cli.printed.checkFailed', { date: last.scan_date })
}

/** A quality check in a few lines: verdict, every rod then and now, the limit, faults and doubts in words. */
export function qualityLines(calibrationId: string, check: QualityCheck): string[] {
  const { passed, rods, limits, faults, warnings } = check
  return [
    phrase(passed ? 'cli.printed.qualityPassed' : 'cli.printed.qualityFailed', { id: calibrationId }),
    ...rods.map((rod) =>
      phrase('cli.printed.qualityRod', {
        label: rod.label,
        // as text: the catalogue would drop the last zero
        before: signed(rod.thenMgPerCm3, 1),
        now: signed(rod.nowMgPerCm3, 1),
        error: rod.standardErrorMgPerCm3.toFixed(1),
        percent: rod.verdict === 'not judged' ? '—' : signed(rod.deviationPercent, 2),
        verdict: rod.verdict,
      }),
    ),
    phrase('cli.printed.qualityLimit', {
      limit: limits.deviationPercent,
      least: limits.leastDensityMgPerCm3,
      setBy: phrase(limits.setBy === 'site' ? 'cli.printed.limitOfSite' : 'cli.printed.limitOfProgram'),
    }),
    ...faults.map((fault) => phrase('cli.printed.fault', { ...fault })),
    ...warnings.map((warning) => phrase('cli.printed.doubt', { ...warning })),
  ]
}
