import type { ColumnType, Kysely } from 'kysely'

/** An instant with milliseconds. Drivers give a Date; we write ISO text. */
type Instant = ColumnType<Date, string, string>

/** One exam: the facts of its newest version by which a work list shows it. Derived from that version's record. */
export interface ExamTable {
  exam_id: string
  version: number
  created_at: ColumnType<Date, string, never>
  saved_at: Instant
  sha256: string
  schema_version: number
  status: 'done' | 'refused'
  signed: boolean
  patient_id: string | null
  patient_name: string | null
  study_instance_uid: string | null
  study_date: string | null
}

/** One saved version of an exam. Rows are only ever added; the database refuses anything else. */
export interface ExamVersionTable {
  exam_id: string
  version: number
  saved_at: ColumnType<Date, string, never>
  sha256: string
  schema_version: number
  /** Canonical JSON, byte for byte what `sha256` covers. */
  record: string
}

/** One analysed phantom scan. Rows are only ever added; the database refuses anything else. */
export interface StoredCalibrationTable {
  calibration_id: string
  stored_at: ColumnType<Date, string, never>
  sha256: string
  schema_version: number
  device_serial: string
  model: string
  kvp: number
  phantom_serial: string
  /** ISO date of the phantom scan. */
  scan_date: string
  /** Canonical JSON of the calibration, byte for byte what `sha256` covers. */
  record: string
}

/** That a calibration is no longer used, and why. Rows are only ever added. */
export interface CalibrationWithdrawalTable {
  calibration_id: string
  withdrawn_at: ColumnType<Date, string, never>
  reason: string
}

/** A later phantom scan compared with a calibration. Rows are only ever added. */
export interface QualityCheckTable {
  check_id: string
  calibration_id: string
  checked_at: ColumnType<Date, string, never>
  sha256: string
  schema_version: number
  /** ISO date of the later scan. */
  scan_date: string
  passed: boolean
  /** Canonical JSON of the check, byte for byte what `sha256` covers. */
  record: string
}

/** Every table of the registry. Later rooms add theirs here, in `migrations/` and in `BACKUP_TABLES`. */
export interface RegistryTables {
  exam: ExamTable
  exam_version: ExamVersionTable
  stored_calibration: StoredCalibrationTable
  calibration_withdrawal: CalibrationWithdrawalTable
  quality_check: QualityCheckTable
}

/** The registry's database, on either engine. */
export type RegistryDatabase = Kysely<RegistryTables>
