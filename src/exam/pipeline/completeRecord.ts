import { spineReport } from '../../core/report/spineReport.ts'
import { type ExamRecord, SCHEMA_VERSION } from '../record/examRecord.ts'
import { FIRST_REVISION } from '../record/signature.ts'
import { reportText } from '../render/text.ts'

/** A draft of a record but for its report. */
export type RecordWithoutReport = Omit<
  ExamRecord,
  'schemaVersion' | 'results' | 'revision' | 'signatures'
> & {
  readonly results: Omit<ExamRecord['results'], 'report'>
}

/** The draft as a record, with its report written from itself. */
export function completeRecord(draft: RecordWithoutReport): ExamRecord {
  const text = reportText(spineReport(draft))
  return {
    schemaVersion: SCHEMA_VERSION,
    ...draft,
    results: { ...draft.results, report: { text, frozen: null } },
    revision: FIRST_REVISION,
    signatures: [],
  }
}
