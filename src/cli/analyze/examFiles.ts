import type { ExamOutcome } from '../../exam/pipeline/analyzeSource.ts'
import { serializeExamRecord } from '../../exam/record/examRecord.ts'
import { doseCsv } from '../../exam/render/doseCsv.ts'
import { examFigures } from '../../exam/render/figures.ts'
import { reportHtml } from '../../exam/render/html.ts'
import { measurementsCsv } from '../../exam/render/measurementsCsv.ts'
import { reportPdf } from '../../exam/render/pdf/reportPdf.ts'
import { printedReport } from '../../exam/render/printedReport.ts'
import { reportDate } from '../../exam/render/reportDate.ts'
import { reportText } from '../../exam/render/text.ts'
import { RECORD_FILE, type ResultFiles } from '../outputFolder.ts'
import { reportFonts } from '../reportFonts.ts'

/**
 * Every file of one exam's result by name: record, report in three forms, tables and, where a volume was measured,
 * figures.
 */
export async function examFiles({ record, volume }: ExamOutcome): Promise<ResultFiles> {
  const figures = volume === null || record.status === 'refused' ? [] : examFigures(volume, record)
  const pictures = new Map(figures.map(({ name, png }) => [name, png]))
  const report = printedReport(record)
  return new Map<string, Uint8Array | string>([
    [RECORD_FILE, serializeExamRecord(record)],
    ['report.txt', reportText(report)],
    ['report.html', reportHtml(report, pictures)],
    [
      'report.pdf',
      await reportPdf(report, pictures, { fonts: reportFonts(), createdAt: reportDate(record) }),
    ],
    ['measurements.csv', measurementsCsv(record)],
    ...doseTable(record),
    ...pictures,
  ])
}

/** The dose events as a table, where there are any. */
const doseTable = (record: ExamOutcome['record']): [string, string][] =>
  (record.results.dose?.events ?? []).length === 0 ? [] : [['dose.csv', doseCsv(record)]]
