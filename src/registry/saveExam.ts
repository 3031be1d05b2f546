import type { Selectable, Transaction } from 'kysely'
import { QctError } from '../core/errors.ts'
import { canonicalJson, canonicalSha256 } from '../exam/record/canonicalJson.ts'
import type { ExamRecord } from '../exam/record/examRecord.ts'
import { assertSignaturesHold } from '../exam/record/signRecord.ts'
import { examFacts } from './examFacts.ts'
import { refuseUnsigning } from './refuseUnsigning.ts'
import type { ExamTable, RegistryDatabase, RegistryTables } from './tables.ts'

/** A version to be saved. */
export interface ExamToSave {
  readonly examId: string
  /** The version it was made from; 0 for a new exam. */
  readonly basedOnVersion: number
  /** SHA-256 of the record's canonical JSON, as the sender formed it. */
  readonly sha256: string
  readonly record: ExamRecord
}

/** An exam as the registry keeps it: its newest version and the facts of it. */
export type ExamRow = Selectable<ExamTable>

/**
 * Saves a version of an exam, and gives the exam as it then is. When this returns, the version is committed.
 *
 * A save that was answered to nobody may be sent again: it finds the version it made. A record that is the newest one
 * already makes no further version.
 *
 * @param savedAt - ISO instant by the caller's clock.
 * @throws {QctError} `RECORD_HASH_DIFFERS`; `EXAM_VERSION_CONFLICT` when another version was saved meanwhile;
 *   `EXAM_SIGNED` when a signature would be lost or what it covers would change; `SIGNATURE_BROKEN` when the record is
 *   not what its own signatures cover.
 */
export async function saveExam(
  database: RegistryDatabase,
  { examId, basedOnVersion, sha256, record }: ExamToSave,
  savedAt: string,
): Promise<ExamRow> {
  if ((await canonicalSha256(record)) !== sha256) throw new QctError('RECORD_HASH_DIFFERS', {})
  await assertSignaturesHold(record)
  const facts = { saved_at: savedAt, sha256, schema_version: record.schemaVersion, ...examFacts(record) }
  return database.transaction().execute(async (transaction) => {
    const current = await lockedExam(transaction, examId)
    if (current?.sha256 === sha256 && [0, 1].includes(current.version - basedOnVersion)) return current
    const currentVersion = current?.version ?? 0
    if (currentVersion !== basedOnVersion)
      throw new QctError('EXAM_VERSION_CONFLICT', { basedOnVersion, currentVersion })
    if (current?.signed) await refuseUnsigning(transaction, examId, currentVersion, record)

    const version = currentVersion + 1
    const saved =
      current === undefined
        ? await transaction
            .insertInto('exam')
            .values({ exam_id: examId, version, created_at: savedAt, ...facts })
            .onConflict((conflict) => conflict.column('exam_id').doNothing())
            .returningAll()
            .executeTakeFirst()
        : await transaction
            .updateTable('exam')
            .set({ version, ...facts })
            .where('exam_id', '=', examId)
            .returningAll()
            .executeTakeFirstOrThrow()
    // Two first saves at once: the other one was faster.
    if (saved === undefined)
      throw new QctError('EXAM_VERSION_CONFLICT', { basedOnVersion, currentVersion: 1 })
    await transaction
      .insertInto('exam_version')
      .values({
        exam_id: examId,
        version,
        saved_at: savedAt,
        sha256,
        schema_version: record.schemaVersion,
        record: canonicalJson(record),
      })
      .execute()
    return saved
  })
}

/** The exam, locked against every other save until the transaction ends. */
const lockedExam = (transaction: Transaction<RegistryTables>, examId: string): Promise<ExamRow | undefined> =>
  transaction.selectFrom('exam').selectAll().where('exam_id', '=', examId).forUpdate().executeTakeFirst()
