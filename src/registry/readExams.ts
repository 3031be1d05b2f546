import { type Selectable, sql } from 'kysely'
import { QctError } from '../core/errors.ts'
import { type ExamRecord, parseExamRecord } from '../exam/record/examRecord.ts'
import type { ExamRow } from './saveExam.ts'
import type { ExamVersionTable, RegistryDatabase } from './tables.ts'

/** One saved version as the registry keeps it. */
export type ExamVersionRow = Selectable<ExamVersionTable>

/** Which part of the work list is asked for. */
export interface ExamListQuery {
  readonly limit: number
  readonly offset: number
  readonly studyInstanceUid?: string | undefined
}

/** A part of the work list, newest save first, and how many exams there are in all. */
export async function listExams(
  database: RegistryDatabase,
  { limit, offset, studyInstanceUid }: ExamListQuery,
): Promise<{ readonly exams: readonly ExamRow[]; readonly total: number }> {
  const asked = database
    .selectFrom('exam')
    .$if(studyInstanceUid !== undefined, (query) =>
      query.where('study_instance_uid', '=', studyInstanceUid ?? ''),
    )
  const [exams, counted] = await Promise.all([
    asked.selectAll().orderBy('saved_at', 'desc').orderBy('exam_id').limit(limit).offset(offset).execute(),
    asked.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
  ])
  return { exams, total: counted.total }
}

/** How many exams the registry holds. */
export async function countExams(database: RegistryDatabase): Promise<number> {
  const row = await database
    .selectFrom('exam')
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow()
  return row.total
}

/**
 * Every version of an exam without its record, newest first.
 * @throws {QctError} `EXAM_UNKNOWN`.
 */
export async function listExamVersions(
  database: RegistryDatabase,
  examId: string,
): Promise<readonly Omit<ExamVersionRow, 'record'>[]> {
  const versions = await database
    .selectFrom('exam_version')
    .select(['exam_id', 'version', 'saved_at', 'sha256', 'schema_version'])
    .where('exam_id', '=', examId)
    .orderBy('version', 'desc')
    .execute()
  if (versions.length === 0) throw new QctError('EXAM_UNKNOWN', {})
  return versions
}

/**
 * One version of an exam as it was saved, or the newest one.
 * @throws {QctError} `EXAM_UNKNOWN`.
 */
export async function readExamVersion(
  database: RegistryDatabase,
  examId: string,
  version?: number,
): Promise<ExamVersionRow> {
  const row = await database
    .selectFrom('exam_version')
    .selectAll()
    .where('exam_id', '=', examId)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw new QctError('EXAM_UNKNOWN', {})
  return row
}

/**
 * The record of a saved version, brought to the current schema version.
 * @throws {QctError} `RECORD_INVALID`, `RECORD_TOO_NEW`.
 */
export const recordOf = (row: ExamVersionRow): ExamRecord => parseExamRecord(row.record)
