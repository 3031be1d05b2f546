import type { CalibrationSummary, KeptCalibration } from '../api/calibrations.ts'
import { parseQualityCheck } from '../core/calibration/asynchronous/qualityCheck.ts'
import { type CalibrationRow, calibrationOf, type QualityCheckRow } from '../registry/calibrations.ts'

/**
 * A row of the registry as the contract names a calibration of a list.
 *
 * @param checks - Quality checks of this calibration among others, latest scan first.
 */
export function calibrationSummary(
  row: CalibrationRow,
  checks: readonly QualityCheckRow[],
): CalibrationSummary {
  const last = checks.find(({ calibration_id }) => calibration_id === row.calibration_id)
  return {
    calibrationId: row.calibration_id,
    storedAt: row.stored_at.toISOString(),
    sha256: row.sha256,
    deviceSerial: row.device_serial,
    model: row.model,
    kvp: row.kvp,
    phantomSerial: row.phantom_serial,
    scanDate: row.scan_date,
    lastCheck: last === undefined ? null : { date: last.scan_date, passed: last.passed },
    withdrawn:
      row.withdrawn_at === null ? null : { at: row.withdrawn_at.toISOString(), reason: row.reason ?? '' },
  }
}

/**
 * A calibration with its checks as the contract names it.
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID`.
 */
export const keptCalibration = (
  row: CalibrationRow,
  checks: readonly QualityCheckRow[],
): KeptCalibration => ({
  ...calibrationSummary(row, checks),
  calibration: calibrationOf(row),
  checks: checks.map(({ record }) => parseQualityCheck(JSON.parse(record))),
})
