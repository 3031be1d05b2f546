import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, existsSync, linkSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import { BACKUP_TABLES, BACKUP_VERSION, type BackupRows, type backupHeaderSchema } from './backupFormat.ts'
import { appliedMigrations } from './migrateRegistry.ts'
import type { RegistryDatabase, RegistryTables } from './tables.ts'

/** Rows read at a time. */
const ROWS_AT_A_TIME = 100

/**
 * Writes a logical backup of a registry into a new file, readable by its user alone: gzipped lines of JSON, independent
 * of the engine, of one moment. It appears under its name only when it is whole and on disk.
 *
 * @param madeAt - ISO instant by the caller's clock.
 * @returns How many rows of each table it holds.
 * @throws A file system's error, `EEXIST` when the file is there.
 */
export async function writeBackup(
  database: RegistryDatabase,
  file: string,
  program: string,
  madeAt: string,
): Promise<BackupRows> {
  const whole = resolve(file)
  if (existsSync(whole)) throw Object.assign(new Error('the file is there'), { code: 'EEXIST' })
  const partial = join(dirname(whole), `.partial-${randomUUID()}`)
  const rows: BackupRows = {}
  try {
    const migrations = await appliedMigrations(database)
    const header = {
      format: 'trabecula registry backup',
      formatVersion: BACKUP_VERSION,
      program,
      madeAt,
      migrations,
    } as const
    await database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((transaction) =>
        pipeline(
          Readable.from(backupLines(transaction, header, rows)),
          createGzip(),
          createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }),
        ),
      )
    linkSync(partial, whole) // unlike a rename, it never replaces a file that appeared meanwhile
    return rows
  } finally {
    rmSync(partial, { force: true })
  }
}

async function* backupLines(
  transaction: Transaction<RegistryTables>,
  header: z.infer<typeof backupHeaderSchema>,
  rows: BackupRows,
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const line = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    return text
  }
  yield line(header)
  for (const { name, key } of BACKUP_TABLES) {
    rows[name] = 0
    for await (const row of rowsOf(transaction, name, key)) {
      rows[name] += 1
      yield line({ table: name, row })
    }
  }
  yield `${JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })}\n`
}

/** Every row of a table in the order of its key, some at a time. */
async function* rowsOf(
  transaction: Transaction<RegistryTables>,
  table: string,
  key: readonly string[],
): AsyncGenerator<Record<string, unknown>> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  let after = sql``
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`
      select * from ${sql.table(table)} ${after} order by ${columns} limit ${sql.lit(ROWS_AT_A_TIME)}`.execute(
      transaction,
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_A_TIME) return
    after = sql`where (${columns}) > (${sql.join(key.map((column) => last[column]))})`
  }
}
