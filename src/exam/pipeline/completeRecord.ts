import { spineReport } from '../../core/report/spineReport.ts'
import { type ExamRecord, SCHEMA_VERSION } from '../record/examRecord.ts'
import { reportText } from '../render/text.ts'

/** A record but for its report. */
export type RecordWithoutReport = Omit<ExamRecord, 'schemaVersion' | 'results'> & {
  readonly results: Omit<ExamRecord['results'], 'report'>
}

/** The record with its report written from itself. */
export function completeRecord(draft: RecordWithoutReport): ExamRecord {
  const text = reportText(spineReport(draft))
  return { schemaVersion: SCHEMA_VERSION, ...draft, results: { ...draft.results, report: { text } } }
}
