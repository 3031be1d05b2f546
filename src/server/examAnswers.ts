import type { ExamSummary, ExamVersion, SavedExam } from '../api/exams.ts'
import { type ExamVersionRow, recordOf } from '../registry/readExams.ts'
import type { ExamRow } from '../registry/saveExam.ts'

/** A row of the registry as the contract names a version of an exam. */
export const examVersion = (row: Omit<ExamVersionRow, 'record'>): ExamVersion => ({
  examId: row.exam_id,
  version: row.version,
  savedAt: row.saved_at.toISOString(),
  sha256: row.sha256,
  schemaVersion: row.schema_version,
})

/** A row of the registry as the contract names an exam of the work list. */
export const examSummary = (row: ExamRow): ExamSummary => ({
  ...examVersion(row),
  createdAt: row.created_at.toISOString(),
  status: row.status,
  signed: row.signed,
  patientId: row.patient_id,
  patientName: row.patient_name,
  studyInstanceUid: row.study_instance_uid,
  studyDate: row.study_date,
})

/**
 * A saved version with its record as the contract names it.
 * @throws {QctError} `RECORD_INVALID`, `RECORD_TOO_NEW`.
 */
export const savedExam = (row: ExamVersionRow): SavedExam => ({ ...examVersion(row), record: recordOf(row) })
