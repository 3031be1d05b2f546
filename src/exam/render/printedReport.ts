import type { ReportDocument } from '../../core/report/reportDocument.ts'
import { signedReport } from '../../core/report/signedReport.ts'
import { spineReport } from '../../core/report/spineReport.ts'
import type { ExamRecord } from '../record/examRecord.ts'

/**
 * The report of a record as every renderer prints it: the frozen one where it was signed, with signatures and addenda,
 * else the one its results give now, marked as a draft.
 */
export function printedReport(
  record: Omit<ExamRecord, 'results'> & {
    readonly results: Omit<ExamRecord['results'], 'report'> & {
      readonly report?: Pick<ExamRecord['results']['report'], 'frozen'>
    }
  },
): ReportDocument {
  const document = record.results.report?.frozen?.document ?? spineReport(record)
  return signedReport(document, record.signatures, record.revision)
}
