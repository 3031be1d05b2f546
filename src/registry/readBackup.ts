import { sql } from 'kysely'
import { QctError } from '../core/errors.ts'
import { invalid, readBackupFile } from './backupFile.ts'
import type { BackupRows } from './backupFormat.ts'
import { countCalibrations } from './calibrations.ts'
import { appliedMigrations, migrateRegistry } from './migrateRegistry.ts'
import { CALIBRATIONS, MIGRATIONS } from './migrations/migrations.ts'
import { countExams } from './readExams.ts'
import type { RegistryDatabase } from './tables.ts'

/**
 * Reads a whole backup without restoring it, and gives the changes its tables had been through.
 *
 * @throws {QctError} `BACKUP_INVALID`; `BACKUP_TOO_NEW` when it knows a change that this program does not.
 */
export async function checkBackup(file: string): Promise<readonly string[]> {
  let migrations: readonly string[] = []
  await readBackupFile(file, {
    onHeader: (header) => {
      migrations = header.migrations
      const unknown = migrations.find((name) => !(name in MIGRATIONS))
      if (unknown !== undefined) throw new QctError('BACKUP_TOO_NEW', { migration: unknown })
    },
    onRow: () => undefined,
  })
  return migrations
}

/**
 * Restores a logical backup into an empty registry, whole or not at all, and brings its tables to this program's form.
 *
 * The backup is read to its end before the registry is touched. The tables are then made as they were at the time of
 * the backup, and all rows go in with one transaction.
 *
 * @returns How many rows of each table were restored.
 * @throws {QctError} `BACKUP_INVALID`, `BACKUP_TOO_NEW`, `REGISTRY_NOT_EMPTY`.
 */
export async function readBackup(database: RegistryDatabase, file: string): Promise<BackupRows> {
  const migrations = await checkBackup(file)
  const applied = await appliedMigrations(database)
  const exams = applied.length === 0 ? 0 : await countExams(database)
  const calibrations = applied.includes(CALIBRATIONS) ? await countCalibrations(database) : 0
  if (exams > 0 || calibrations > 0 || applied.length > migrations.length)
    throw new QctError('REGISTRY_NOT_EMPTY', { exams, calibrations })
  await migrateRegistry(database, migrations.at(-1))
  const restored = await database.transaction().execute((transaction) =>
    readBackupFile(file, {
      onHeader: () => undefined,
      onRow: async (table, row) => {
        const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
        const insert = sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`
        await insert.execute(transaction).catch((cause: unknown) => {
          const code = (cause as { code?: unknown } | null)?.code
          throw invalid(`the database refused a row (${String(code)})`, cause)
        })
      },
    }),
  )
  await migrateRegistry(database)
  return restored
}
