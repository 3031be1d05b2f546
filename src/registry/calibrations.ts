import { type Selectable, sql } from 'kysely'
import type { PhantomQuality } from '../core/calibration/asynchronous/matchCalibration.ts'
import { parseQualityCheck } from '../core/calibration/asynchronous/qualityCheck.ts'
import {
  parseStoredCalibration,
  type StoredCalibration,
} from '../core/calibration/asynchronous/storedCalibration.ts'
import { QctError } from '../core/errors.ts'
import { storableText } from './storableText.ts'
import type { QualityCheckTable, RegistryDatabase, StoredCalibrationTable } from './tables.ts'

/** A stored calibration as the registry keeps it, with its withdrawal if there is one. */
export interface CalibrationRow extends Selectable<StoredCalibrationTable> {
  readonly withdrawn_at: Date | null
  readonly reason: string | null
}

/** A quality check as the registry keeps it. */
export type QualityCheckRow = Selectable<QualityCheckTable>

/** Which calibrations are asked for; every fact that is left out may be any. */
export interface CalibrationQuery {
  readonly deviceSerial?: string | undefined
  readonly model?: string | undefined
  readonly kvp?: number | undefined
  readonly phantomSerial?: string | undefined
  /** Also those that were withdrawn. */
  readonly withdrawn?: boolean | undefined
}

const rows = (database: RegistryDatabase) =>
  database
    .selectFrom('stored_calibration')
    .leftJoin(
      'calibration_withdrawal',
      'calibration_withdrawal.calibration_id',
      'stored_calibration.calibration_id',
    )
    .selectAll('stored_calibration')
    .select(['calibration_withdrawal.withdrawn_at', 'calibration_withdrawal.reason'])

/** The calibrations of a query, newest phantom scan first. */
export function listCalibrations(
  database: RegistryDatabase,
  { deviceSerial, model, kvp, phantomSerial, withdrawn = false }: CalibrationQuery,
): Promise<readonly CalibrationRow[]> {
  return rows(database)
    .$if(deviceSerial !== undefined, (query) =>
      query.where('device_serial', '=', storableText(deviceSerial ?? '')),
    )
    .$if(model !== undefined, (query) => query.where('model', '=', storableText(model ?? '')))
    .$if(kvp !== undefined, (query) => query.where('kvp', '=', kvp ?? 0))
    .$if(phantomSerial !== undefined, (query) =>
      query.where('phantom_serial', '=', storableText(phantomSerial ?? '')),
    )
    .$if(!withdrawn, (query) => query.where('withdrawn_at', 'is', null))
    .orderBy('scan_date', 'desc')
    .orderBy('stored_at', 'desc')
    .orderBy('stored_calibration.calibration_id')
    .execute()
}

/**
 * One stored calibration, withdrawn or not.
 * @throws {QctError} `CALIBRATION_UNKNOWN`.
 */
export async function readCalibration(
  database: RegistryDatabase,
  calibrationId: string,
): Promise<CalibrationRow> {
  const row = await rows(database)
    .where('stored_calibration.calibration_id', '=', calibrationId)
    .executeTakeFirst()
  if (row === undefined) throw new QctError('CALIBRATION_UNKNOWN', {})
  return row
}

/**
 * The calibration of a row, brought to the current schema version.
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID`.
 */
export const calibrationOf = ({ record }: Pick<CalibrationRow, 'record'>): StoredCalibration =>
  parseStoredCalibration(JSON.parse(record))

/** The quality checks of some calibrations, latest scan first. */
export async function listQualityChecks(
  database: RegistryDatabase,
  calibrationIds: readonly string[],
): Promise<readonly QualityCheckRow[]> {
  if (calibrationIds.length === 0) return []
  return database
    .selectFrom('quality_check')
    .selectAll()
    .where('calibration_id', 'in', calibrationIds)
    .orderBy('scan_date', 'desc')
    .orderBy('passed') // of two checks on one day the failed one speaks
    .orderBy('checked_at', 'desc')
    .orderBy('check_id')
    .execute()
}

/** How many calibrations the registry holds, withdrawn ones included. */
export async function countCalibrations(database: RegistryDatabase): Promise<number> {
  const row = await database
    .selectFrom('stored_calibration')
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow()
  return row.total
}

/** What of a patient's scan a calibration is looked up by. */
export interface CalibrationKey {
  readonly model: string
  readonly kvp: number
  /** Null where the scan does not say. */
  readonly deviceSerial: string | null
}

/** A calibration that may serve a scan, and the quality checks that speak for or against it. */
export interface KeptCalibration {
  readonly calibrationId: string
  readonly stored: StoredCalibration
  readonly quality: readonly PhantomQuality[]
}

/**
 * The calibrations in use that may serve a scan: those of its scanner model and voltage, its own unit's first, each the newest
 * first. Whether one does is for `matchCalibration` to say.
 *
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID` when a kept calibration cannot be read.
 */
export async function storedCalibrationsFor(
  database: RegistryDatabase,
  { model, kvp, deviceSerial }: CalibrationKey,
): Promise<readonly KeptCalibration[]> {
  const found = await listCalibrations(database, { model, kvp })
  const checks = await listQualityChecks(
    database,
    found.map(({ calibration_id }) => calibration_id),
  )
  const isOwn = (row: CalibrationRow) =>
    Number(deviceSerial !== null && row.device_serial === storableText(deviceSerial))
  return found
    .toSorted((a, b) => isOwn(b) - isOwn(a)) // stable: newest first within each
    .map((row) => ({
      calibrationId: row.calibration_id,
      stored: calibrationOf(row),
      quality: checks
        .filter(({ calibration_id }) => calibration_id === row.calibration_id)
        .map(({ record }) => {
          const { date, passed } = parseQualityCheck(JSON.parse(record))
          return { date, passed }
        }),
    }))
}
