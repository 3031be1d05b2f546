import { z } from 'zod'

/** The version of the backups this program writes. */
export const BACKUP_VERSION = 2

/** The first line of a backup. */
export const backupHeaderSchema = z.object({
  format: z.literal('trabecula registry backup'),
  /** 2 added calibrations and their checks; a backup of 1 has none and is read as well. */
  formatVersion: z.union([z.literal(1), z.literal(2)]),
  program: z.string(),
  /** ISO instant. */
  madeAt: z.string(),
  /** The changes its tables had been through. */
  migrations: z.array(z.string()),
})

/** A line of a backup that holds one row of one table. */
export const backupRowSchema = z.object({
  table: z.string(),
  row: z.record(z.string(), z.unknown()),
})

/** The last line of a backup, by which a cut or changed one is known. */
export const backupEndSchema = z.object({
  end: z.literal(true),
  rows: z.record(z.string(), z.number().int()),
  /** SHA-256 of every line before this one, each with its newline. */
  sha256: z.string(),
})

/** How many rows of each table a backup holds. */
export type BackupRows = z.infer<typeof backupEndSchema>['rows']

/** What a backup holds: every table and its key, a table after those it refers to. */
export const BACKUP_TABLES: readonly { readonly name: string; readonly key: readonly string[] }[] = [
  { name: 'exam', key: ['exam_id'] },
  { name: 'exam_version', key: ['exam_id', 'version'] },
  { name: 'stored_calibration', key: ['calibration_id'] },
  { name: 'calibration_withdrawal', key: ['calibration_id'] },
  { name: 'quality_check', key: ['check_id'] },
]
