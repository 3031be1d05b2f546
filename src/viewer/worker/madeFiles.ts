import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type ExamRecord, serializeExamRecord } from '../../exam/record/examRecord.ts'
import { signedPictures } from '../../exam/record/signRecord.ts'
import { doseCsv } from '../../exam/render/doseCsv.ts'
import { examFigures } from '../../exam/render/figures.ts'
import { reportHtml } from '../../exam/render/html.ts'
import { measurementsCsv } from '../../exam/render/measurementsCsv.ts'
import type { ReportFonts } from '../../exam/render/pdf/reportFonts.ts'
import { reportPdf } from '../../exam/render/pdf/reportPdf.ts'
import { printedReport } from '../../exam/render/printedReport.ts'
import { reportDate } from '../../exam/render/reportDate.ts'
import { reportText } from '../../exam/render/text.ts'
import type { MadeFile, ReportForm } from './examWorkerApi.ts'

const textFile = (name: string, type: string, text: string): MadeFile => ({
  name,
  type: `${type};charset=utf-8`,
  bytes: new TextEncoder().encode(text),
})

/** The pictures of an exam as PNG files; none of a refused one. */
export const madeFigures = (record: ExamRecord, volume: CtVolume): MadeFile[] =>
  record.status === 'refused'
    ? []
    : examFigures(volume, record).map(({ name, png }) => ({
        name,
        type: 'image/png',
        bytes: new Uint8Array(png),
      }))

/**
 * One form of an exam's report or record: the same data and renderers as on the command line.
 *
 * @param fonts - Asked for only by the PDF.
 */
export async function madeReport(
  record: ExamRecord,
  form: ReportForm,
  volume: CtVolume | null,
  fonts: () => Promise<ReportFonts>,
): Promise<MadeFile> {
  const report = printedReport(record)
  // A signed report shows the pictures that were signed, byte for byte, or none.
  const pictures = async () => {
    const drawn = volume === null ? [] : madeFigures(record, volume)
    const shown = await signedPictures(
      record,
      drawn.map(({ name, bytes }) => ({ name, png: bytes })),
    )
    return new Map(shown.map(({ name, png }) => [name, png]))
  }
  switch (form) {
    case 'csv':
      return textFile('measurements.csv', 'text/csv', measurementsCsv(record))
    case 'doseCsv':
      return textFile('dose.csv', 'text/csv', doseCsv(record))
    case 'json':
      return textFile('exam.json', 'application/json', serializeExamRecord(record))
    case 'text':
      return textFile('report.txt', 'text/plain', reportText(report))
    case 'html':
      return textFile('report.html', 'text/html', reportHtml(report, await pictures()))
    case 'pdf': {
      const options = { fonts: await fonts(), createdAt: reportDate(record) }
      return {
        name: 'report.pdf',
        type: 'application/pdf',
        bytes: await reportPdf(report, await pictures(), options),
      }
    }
  }
}
