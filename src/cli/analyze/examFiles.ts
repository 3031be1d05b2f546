import type { ExamOutcome } from '../../exam/pipeline/analyzeSource.ts'
import { serializeExamRecord } from '../../exam/record/examRecord.ts'
import { doseCsv } from '../../exam/render/doseCsv.ts'
import { examFigures } from '../../exam/render/figures.ts'
import { measurementsCsv } from '../../exam/render/measurementsCsv.ts'
import { RECORD_FILE, type ResultFiles } from '../outputFolder.ts'

/** Every file of one exam's result by name: record, report, tables and, where a volume was measured, figures. */
export function examFiles({ record, volume }: ExamOutcome): ResultFiles {
  const files = new Map<string, Uint8Array | string>([
    [RECORD_FILE, serializeExamRecord(record)],
    ['report.txt', record.results.report.text],
    ['measurements.csv', measurementsCsv(record)],
  ])
  if (record.results.dose !== null && record.results.dose.events.length > 0)
    files.set('dose.csv', doseCsv(record))
  if (volume !== null && record.status === 'done')
    for (const { name, png } of examFigures(volume, record)) files.set(name, png)
  return files
}
