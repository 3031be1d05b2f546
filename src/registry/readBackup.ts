import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { sql, type Transaction } from 'kysely'
import { QctError } from '../core/errors.ts'
import {
  BACKUP_TABLES,
  type BackupRows,
  backupEndSchema,
  backupHeaderSchema,
  backupRowSchema,
} from './backupFormat.ts'
import { appliedMigrations, migrateRegistry } from './migrateRegistry.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import { countExams } from './readExams.ts'
import type { RegistryDatabase, RegistryTables } from './tables.ts'

/**
 * Reads a logical backup into an empty registry, whole or not at all, and brings its tables to this program's form.
 *
 * The tables are first made as they were at the time of the backup. Every row is counted, every record compared with
 * its SHA-256 and the whole file with the hash of its last line before anything is committed.
 *
 * @returns How many rows of each table were restored.
 * @throws {QctError} `BACKUP_INVALID`, `BACKUP_TOO_NEW`, `REGISTRY_NOT_EMPTY`.
 */
export async function readBackup(database: RegistryDatabase, file: string): Promise<BackupRows> {
  const lines = linesOf(file)
  try {
    const first = await lines.next()
    const header = backupHeaderSchema.safeParse(first.done ? undefined : json(first.value))
    if (!header.success) throw invalid('it does not begin as a backup does')
    const { migrations } = header.data
    const unknown = migrations.find((name) => !(name in MIGRATIONS))
    if (unknown !== undefined) throw new QctError('BACKUP_TOO_NEW', { migration: unknown })

    const applied = await appliedMigrations(database)
    const exams = applied.length === 0 ? 0 : await countExams(database)
    if (exams > 0 || applied.length > migrations.length) throw new QctError('REGISTRY_NOT_EMPTY', { exams })
    await migrateRegistry(database, migrations.at(-1))
    const restored = await database
      .transaction()
      .execute((transaction) => insertRows(transaction, lines, first.value ?? ''))
    await migrateRegistry(database)
    return restored
  } catch (cause) {
    throw cause instanceof QctError ? cause : invalid(faultOf(cause), cause)
  } finally {
    await lines.return(undefined)
  }
}

async function insertRows(
  transaction: Transaction<RegistryTables>,
  lines: AsyncGenerator<string>,
  headerLine: string,
): Promise<BackupRows> {
  const hash = createHash('sha256').update(`${headerLine}\n`)
  const restored: BackupRows = Object.fromEntries(BACKUP_TABLES.map(({ name }) => [name, 0]))
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const value = json(next.value)
    const end = backupEndSchema.safeParse(value)
    if (end.success) {
      if (!(await lines.next()).done) throw invalid('lines follow its end')
      if (end.data.sha256 !== hash.digest('hex')) throw invalid('it was changed after it was made')
      const counted = Object.keys(restored).every((name) => restored[name] === (end.data.rows[name] ?? 0))
      if (!counted) throw invalid('it does not hold as many rows as it says')
      return restored
    }
    hash.update(`${next.value}\n`)
    const parsed = backupRowSchema.safeParse(value)
    const count = parsed.success ? restored[parsed.data.table] : undefined
    if (!parsed.success || count === undefined) throw invalid('a line holds no row of a known table')
    const { table, row } = parsed.data
    if (typeof row.record === 'string' && sha256Of(row.record) !== row.sha256)
      throw invalid('a record differs from its SHA-256')
    const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
    await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
      transaction,
    )
    restored[table] = count + 1
  }
  throw invalid('it is cut off')
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file)
  // A fault of either stream reaches the reader of the lines through the unpacked one.
  const unpacked = pipeline(packed, createGunzip(), () => undefined)
  const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })
  const faults = new Promise<never>((_, reject) => {
    packed.once('error', reject)
    unpacked.once('error', reject)
  })
  faults.catch(() => undefined)
  const each = lines[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await Promise.race([each.next(), faults])
      if (next.done) {
        if (unpacked.errored) throw unpacked.errored
        return
      }
      yield next.value
    }
  } finally {
    lines.close()
    packed.destroy()
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw invalid('a line is no JSON', cause)
  }
}

const invalid = (problem: string, cause?: unknown) => new QctError('BACKUP_INVALID', { problem }, { cause })

/** What kept a backup from being read, without what the cause repeats of its content. */
function faultOf(cause: unknown): string {
  const code = String((cause as { code?: unknown } | null)?.code ?? '')
  if (code === 'ENOENT') return 'it does not exist'
  if (code.startsWith('Z_')) return 'it is cut off or no gzip file'
  return /^[0-9A-Z]{5}$/.test(code) ? `the database refused a row (${code})` : code || 'it cannot be read'
}
