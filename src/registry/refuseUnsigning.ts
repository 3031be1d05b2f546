import type { Transaction } from 'kysely'
import { QctError } from '../core/errors.ts'
import { canonicalJson } from '../exam/record/canonicalJson.ts'
import { type ExamRecord, parseExamRecord } from '../exam/record/examRecord.ts'
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
  if (!followsSigned(signed, next)) throw new QctError('EXAM_SIGNED', { version: signedVersion })
}

/** Whether a record may follow a signed one. */
export function followsSigned(signed: ExamRecord, next: ExamRecord): boolean {
  const { signatures: given, ...covered } = signed
  const { signatures, ...proposed } = next
  if (next.revision.number === signed.revision.number + 1)
    return next.revision.supersedesSha256 === given.at(-1)?.sha256
  return (
    signatures.length > given.length &&
    canonicalJson(signatures.slice(0, given.length)) === canonicalJson(given) &&
    canonicalJson(proposed) === canonicalJson(covered)
  )
}
