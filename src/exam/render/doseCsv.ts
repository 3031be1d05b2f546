import { printedDigits } from '../../core/dose/statedQuantity.ts'
import type { DoseEventResult } from '../record/dose.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import { type CsvCell, csvText } from './csv.ts'

/** A dose as its source wrote it, so that trailing zeros stay; localizers have none. */
const digitsOf = ({ exposureEvent }: DoseEventResult, value: number | null, digits: string | null) =>
  exposureEvent === null || value === null || digits === null ? null : printedDigits({ value, digits })

/** One column: its name with the unit, and the cell of an event. The order is part of the format. */
const COLUMNS: readonly (readonly [string, (event: DoseEventResult, record: ExamRecord) => CsvCell])[] = [
  ['studyInstanceUid', (_, { inputs }) => inputs.study.studyInstanceUid],
  ['studyDate', (_, { inputs }) => inputs.study.studyDate],
  ['patientId', (_, { inputs }) => inputs.patient.patientId],
  ['exposureEvent', ({ exposureEvent }) => exposureEvent],
  ['series', ({ series }) => series],
  ['protocol', ({ protocol }) => protocol],
  ['acquisitionType', ({ acquisitionType }) => acquisitionType],
  ['anatomicArea', ({ anatomicArea }) => anatomicArea?.join('/') ?? null],
  ['areaSource', ({ areaSource }) => areaSource],
  ['phantomCm', ({ phantomCm }) => phantomCm],
  ['phantomSource', ({ phantomSource }) => phantomSource],
  ['ctdiVolMgy', (event) => digitsOf(event, event.ctdiVolMgy, event.ctdiVolDigits)],
  ['dlpMgyCm', (event) => digitsOf(event, event.dlpMgyCm, event.dlpDigits)],
  ['source', ({ source }) => source],
  ['verdict', ({ verdict }) => verdict],
  ['doubts', ({ doubts }) => doubts.map(({ code }) => code).join(' ')],
  ['eventUid', ({ eventUid }) => eventUid],
]

/**
 * `dose.csv`: one line per irradiation event in the order of irradiation. A localizer has an empty `exposureEvent` and
 * no dose. There is no line of totals: values of different events are never added.
 */
export function doseCsv(record: ExamRecord): string {
  return csvText(
    COLUMNS.map(([name]) => name),
    (record.results.dose?.events ?? []).map((event) => COLUMNS.map(([, cell]) => cell(event, record))),
  )
}
