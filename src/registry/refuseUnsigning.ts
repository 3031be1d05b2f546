import type { Transaction } from 'kysely'
import { QctError } from '../core/errors.ts'
import { type ExamRecord, parseExamRecord } from '../exam/record/examRecord.ts'
import { maySucceed } from '../exam/record/reviseRecord.ts'
import type { RegistryTables } from './tables.ts'

/**
 * Refuses a version that would take back a signature. After a signed version comes either the same record with further
 * signatures, or the next revision, which names the last signature it supersedes.
 *
 * @throws {QctError} `EXAM_SIGNED`.
 */
export async function refuseUnsigning(
  transaction: Transaction<RegistryTables>,
  examId: string,
  signedVersion: number,
  next: ExamRecord,
): Promise<void> {
  const { record } = await transaction
    .selectFrom('exam_version')
    .select('record')
    .where('exam_id', '=', examId)
    .where('version', '=', signedVersion)
    .executeTakeFirstOrThrow()
  const signed = parseExamRecord(record)
  if (!maySucceed(signed, next)) throw new QctError('EXAM_SIGNED', { version: signedVersion })
}
