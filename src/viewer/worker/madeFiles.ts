import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type ExamRecord, serializeExamRecord } from '../../exam/record/examRecord.ts'
import { examFigures } from '../../exam/render/figures.ts'
import { measurementsCsv } from '../../exam/render/measurementsCsv.ts'
import type { MadeFile, ReportForm } from './examWorkerApi.ts'

const textFile = (name: string, type: string, text: string): MadeFile => ({
  name,
  type: `${type};charset=utf-8`,
  bytes: new TextEncoder().encode(text),
})

/** One form of an exam's report or record, from the record alone; pictures need the volume. */
export function madeReport(record: ExamRecord, form: ReportForm, _volume: CtVolume | null): MadeFile {
  switch (form) {
    case 'csv':
      return textFile('measurements.csv', 'text/csv', measurementsCsv(record))
    case 'json':
      return textFile('exam.json', 'application/json', serializeExamRecord(record))
    default:
      return textFile('report.txt', 'text/plain', record.results.report.text)
  }
}

/** The pictures of an exam as PNG files. */
export const madeFigures = (record: ExamRecord, volume: CtVolume): MadeFile[] =>
  examFigures(volume, record).map(({ name, png }) => ({
    name,
    type: 'image/png',
    bytes: new Uint8Array(png),
  }))
