import { QctError } from '../../../core/errors.ts'
import { from1To2 } from './from1To2.ts'
import { from2To3 } from './from2To3.ts'
import type { Migration } from './migration.ts'

/** Migration `n` leads from version `n` to `n + 1`. A new version adds one here and a fixture of the old one. */
const MIGRATIONS: Readonly<Record<number, Migration>> = { 1: from1To2, 2: from2To3 }

/**
 * Brings the JSON of a record of any known version to the current one.
 *
 * @throws {QctError} `RECORD_INVALID` when it states no version; `RECORD_TOO_NEW` when this program is older.
 */
export function migrateToCurrent(
  json: unknown,
  current: number,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new QctError('RECORD_INVALID', { path: 'the top', problem: 'no JSON object' })
  let record = json as Readonly<Record<string, unknown>>
  const found = record.schemaVersion
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 1)
    throw new QctError('RECORD_INVALID', { path: 'schemaVersion', problem: 'no version number' })
  if (found > current) throw new QctError('RECORD_TOO_NEW', { found, known: current })
  for (let version = found; version < current; version += 1) {
    const migrate = migrations[version]
    if (migrate === undefined)
      throw new QctError('RECORD_INVALID', {
        path: 'schemaVersion',
        problem: `no way from version ${version}`,
      })
    record = { ...migrate(record), schemaVersion: version + 1 }
  }
  return record
}
