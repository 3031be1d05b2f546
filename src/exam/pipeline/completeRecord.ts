import { type ExamRecord, SCHEMA_VERSION } from '../record/examRecord.ts'
import { FIRST_REVISION } from '../record/signature.ts'
import { printedReport } from '../render/printedReport.ts'
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
  const unsigned = {
    schemaVersion: SCHEMA_VERSION,
    ...draft,
    revision: FIRST_REVISION,
    signatures: [],
  } satisfies Omit<ExamRecord, 'results'>
  const text = reportText(printedReport(unsigned))
  return { ...unsigned, results: { ...draft.results, report: { text, frozen: null } } }
}
