import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { QctError } from '../core/errors.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import type { RegistryDatabase } from './tables.ts'

/** Names of the changes a registry has been through, in order. */
export async function appliedMigrations(database: RegistryDatabase): Promise<string[]> {
  const there = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(database)
  if (there.rows[0]?.found !== true) return []
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database)
  return rows.rows.map(({ name }) => name)
}

/**
 * Brings the tables of a registry to this program's form, or to an earlier one for a backup of that time.
 *
 * @param upTo - Name of the last change to apply; all of them if it is not given.
 * @throws {QctError} `REGISTRY_TOO_NEW` when a newer program wrote it; `REGISTRY_DAMAGED`.
 */
export async function migrateRegistry(
  database: RegistryDatabase,
  upTo?: string,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const unknown = (await appliedMigrations(database)).find((name) => !(name in migrations))
  if (unknown !== undefined) throw new QctError('REGISTRY_TOO_NEW', { migration: unknown })
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
  })
  const { error } = upTo === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(upTo)
  if (error !== undefined)
    throw new QctError('REGISTRY_DAMAGED', { problem: 'its tables cannot be changed' }, { cause: error })
}
