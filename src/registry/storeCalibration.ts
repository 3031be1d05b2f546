import { randomUUID } from 'node:crypto'
import type { QualityCheck } from '../core/calibration/asynchronous/qualityCheck.ts'
import type { StoredCalibration } from '../core/calibration/asynchronous/storedCalibration.ts'
import { QctError } from '../core/errors.ts'
import { canonicalJson, canonicalSha256 } from '../exam/record/canonicalJson.ts'
import { type CalibrationRow, type QualityCheckRow, readCalibration } from './calibrations.ts'
import { storableText } from './storableText.ts'
import type { RegistryDatabase } from './tables.ts'

/** Refuses what was withdrawn. */
function refuseWithdrawn({ withdrawn_at }: Pick<CalibrationRow, 'withdrawn_at'>): void {
  if (withdrawn_at !== null)
    throw new QctError('CALIBRATION_WITHDRAWN', { day: withdrawn_at.toISOString().slice(0, 10) })
}

/**
 * Keeps a calibration, and gives it as it is kept. The same calibration of the same scan is kept once.
 *
 * @param storedAt - ISO instant by the caller's clock.
 * @throws {QctError} `CALIBRATION_WITHDRAWN` when this very calibration was kept and withdrawn.
 */
export async function storeCalibration(
  database: RegistryDatabase,
  calibration: StoredCalibration,
  storedAt: string,
): Promise<CalibrationRow> {
  const sha256 = await canonicalSha256(calibration)
  const { key, date, schemaVersion } = calibration
  await database
    .insertInto('stored_calibration')
    .values({
      calibration_id: randomUUID(),
      stored_at: storedAt,
      sha256,
      schema_version: schemaVersion,
      device_serial: storableText(key.deviceSerial),
      model: storableText(key.model),
      kvp: key.kvp,
      phantom_serial: storableText(key.phantomSerial),
      scan_date: date,
      record: canonicalJson(calibration),
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
  const { calibration_id } = await database
    .selectFrom('stored_calibration')
    .select('calibration_id')
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow()
  const row = await readCalibration(database, calibration_id)
  refuseWithdrawn(row)
  return row
}

/**
 * Takes a calibration out of use for a reason. It stays where it is, with its checks.
 *
 * @param withdrawnAt - ISO instant by the caller's clock.
 * @returns The calibration as it then is; one withdrawn for the same reason before stays as it is.
 * @throws {QctError} `CALIBRATION_UNKNOWN`; `CALIBRATION_WITHDRAWN` when it was withdrawn for another reason.
 */
export async function withdrawCalibration(
  database: RegistryDatabase,
  calibrationId: string,
  reason: string,
  withdrawnAt: string,
): Promise<CalibrationRow> {
  await readCalibration(database, calibrationId)
  const said = storableText(reason)
  await database
    .insertInto('calibration_withdrawal')
    .values({ calibration_id: calibrationId, withdrawn_at: withdrawnAt, reason: said })
    .onConflict((conflict) => conflict.column('calibration_id').doNothing())
    .execute()
  const row = await readCalibration(database, calibrationId)
  if (row.reason !== said) refuseWithdrawn(row)
  return row
}

/**
 * Keeps a quality check of a calibration. The same check is kept once.
 *
 * @param checkedAt - ISO instant by the caller's clock.
 * @throws {QctError} `CALIBRATION_UNKNOWN`, `CALIBRATION_WITHDRAWN`.
 */
export async function storeQualityCheck(
  database: RegistryDatabase,
  calibrationId: string,
  check: QualityCheck,
  checkedAt: string,
): Promise<QualityCheckRow> {
  refuseWithdrawn(await readCalibration(database, calibrationId))
  const sha256 = await canonicalSha256(check)
  await database
    .insertInto('quality_check')
    .values({
      check_id: randomUUID(),
      calibration_id: calibrationId,
      checked_at: checkedAt,
      sha256,
      schema_version: check.schemaVersion,
      scan_date: check.date,
      passed: check.passed,
      record: canonicalJson(check),
    })
    .onConflict((conflict) => conflict.columns(['calibration_id', 'sha256']).doNothing())
    .execute()
  return database
    .selectFrom('quality_check')
    .selectAll()
    .where('calibration_id', '=', calibrationId)
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow()
}
