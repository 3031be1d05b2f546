import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { QctError } from '../core/errors.ts'
import {
  BACKUP_TABLES,
  type BackupRows,
  backupEndSchema,
  backupHeaderSchema,
  backupRowSchema,
} from './backupFormat.ts'

/** What is done with a backup while it is read. */
export interface BackupReader {
  /** Told first. */
  readonly onHeader: (header: z.infer<typeof backupHeaderSchema>) => Promise<void> | void
  /** Told for each row of a known table, in the order in which rows can be put into a database. */
  readonly onRow: (table: string, row: Readonly<Record<string, unknown>>) => Promise<void> | void
}

/**
 * Reads a backup from its first line to its last. Every row is counted, every record compared with its SHA-256 and the
 * whole file with the hash of its last line; only when this returns is what the reader was told to be believed.
 *
 * @returns How many rows of each table it holds.
 * @throws {QctError} `BACKUP_INVALID`; whatever the reader throws.
 */
export async function readBackupFile(file: string, { onHeader, onRow }: BackupReader): Promise<BackupRows> {
  const rows: BackupRows = Object.fromEntries(BACKUP_TABLES.map(({ name }) => [name, 0]))
  const hash = createHash('sha256')
  let isFirst = true
  let isWhole = false
  for await (const line of linesOf(file)) {
    if (isWhole) throw invalid('lines follow its end')
    const value = json(line)
    if (isFirst) {
      const header = backupHeaderSchema.safeParse(value)
      if (!header.success) throw invalid('it does not begin as a backup does')
      isFirst = false
      await onHeader(header.data)
    } else {
      const end = backupEndSchema.safeParse(value)
      if (end.success) {
        if (end.data.sha256 !== hash.digest('hex')) throw invalid('it was changed after it was made')
        if (Object.keys(rows).some((name) => rows[name] !== (end.data.rows[name] ?? 0)))
          throw invalid('it does not hold as many rows as it says')
        isWhole = true
        continue
      }
      const { table, row } = rowOf(value, rows)
      rows[table] = (rows[table] ?? 0) + 1
      await onRow(table, row)
    }
    hash.update(`${line}\n`)
  }
  if (isFirst) throw invalid('it does not begin as a backup does')
  if (!isWhole) throw invalid('it is cut off')
  return rows
}

/** A `BACKUP_INVALID`, without what the cause repeats of the backup's content. */
export const invalid = (problem: string, cause?: unknown): QctError<'BACKUP_INVALID'> =>
  new QctError('BACKUP_INVALID', { problem }, { cause })

function rowOf(value: unknown, known: BackupRows) {
  const parsed = backupRowSchema.safeParse(value)
  if (!parsed.success || !Object.hasOwn(known, parsed.data.table))
    throw invalid('a line holds no row of a known table')
  const { record, sha256 } = parsed.data.row
  if (typeof record === 'string' && createHash('sha256').update(record).digest('hex') !== sha256)
    throw invalid('a record differs from its SHA-256')
  return parsed.data
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file)
  const unpacked = pipeline(packed, createGunzip(), () => undefined)
  const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })
  // readline ends quietly when its input fails, so the failure is listened for beside it.
  const failure = new Promise<never>((_, reject) => {
    packed.once('error', reject)
    unpacked.once('error', reject)
  })
  failure.catch(() => undefined)
  const each = lines[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await Promise.race([each.next(), failure])
      if (unpacked.errored) throw unpacked.errored
      if (next.done) return
      yield next.value
    }
  } catch (cause) {
    const code = String((cause as { code?: unknown } | null)?.code ?? '')
    if (code === 'ENOENT') throw invalid('it does not exist', cause)
    throw invalid(
      code.startsWith('Z_') ? 'it is cut off or no gzip file' : `it cannot be read (${code})`,
      cause,
    )
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
