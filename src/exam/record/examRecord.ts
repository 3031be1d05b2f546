import { z } from 'zod'
import { QctError } from '../../core/errors.ts'
import { decisionsSchema } from './decisions.ts'
import { inputsSchema } from './inputs.ts'
import { firstIssue } from './issue.ts'
import { migrateToCurrent } from './migrations/migrations.ts'
import { resultsSchema } from './results.ts'
import { refusalSchema } from './scalars.ts'
import { revisionSchema, signatureSchema } from './signature.ts'

/** The schema version this program writes. */
export const SCHEMA_VERSION = 3

/** The one record of an exam. Every field is always there; null means that it is not known or not given. */
export const examRecordSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  status: z.enum(['done', 'refused']),
  /** There if and only if the status is `refused`. */
  refusal: refusalSchema.optional(),
  inputs: inputsSchema,
  decisions: decisionsSchema,
  results: resultsSchema,
  revision: revisionSchema,
  /** In the order of signing; empty while the exam is a draft. */
  signatures: z.array(signatureSchema),
})

/** The one record of an exam: what went in, what was decided, what came out. */
export type ExamRecord = z.infer<typeof examRecordSchema>

/** The text of `exam.json`: the serialised record, in the order of its schema, with a newline at its end. */
export function serializeExamRecord(record: ExamRecord): string {
  const checked = examRecordSchema.safeParse(record)
  if (!checked.success)
    throw new QctError('RECORD_NOT_CANONICAL', { problem: firstIssue(checked.error).text })
  return `${JSON.stringify(checked.data, null, 2)}\n`
}

/**
 * Reads the text of an `exam.json` of this or any earlier schema version.
 *
 * @throws {QctError} `JSON_INVALID`, `RECORD_INVALID` naming the path of the first fault, `RECORD_TOO_NEW`.
 */
export function parseExamRecord(text: string): ExamRecord {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new QctError(
      'JSON_INVALID',
      { file: 'exam.json', problem: 'the text breaks off or is no JSON' },
      { cause },
    )
  }
  const parsed = examRecordSchema.safeParse(migrateToCurrent(json, SCHEMA_VERSION))
  if (!parsed.success) throw new QctError('RECORD_INVALID', firstIssue(parsed.error).details)
  return parsed.data
}
