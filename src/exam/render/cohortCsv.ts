import type { ExamRecord } from '../record/examRecord.ts'
import { type CsvCell, csvText } from './csv.ts'

/** One study of a batch: the folder of its result and its record, or the failure that left none. */
export interface CohortEntry {
  readonly folder: string
  readonly record: ExamRecord | null
  readonly failure: { readonly code: string; readonly message: string } | null
}

/** One column: its name with the unit, and the cell of a study. */
const COLUMNS: readonly (readonly [string, (entry: CohortEntry) => CsvCell])[] = [
  ['folder', ({ folder }) => folder],
  ['status', ({ record }) => record?.status ?? 'failed'],
  ['reasonCode', ({ record, failure }) => failure?.code ?? record?.refusal?.code ?? null],
  ['reason', ({ record, failure }) => failure?.message ?? record?.refusal?.message ?? null],
  ['studyInstanceUid', ({ record }) => record?.inputs.study.studyInstanceUid ?? null],
  ['studyDate', ({ record }) => record?.inputs.study.studyDate ?? null],
  ['sex', ({ record }) => record?.inputs.patient.sex ?? null],
  ['ageYears', ({ record }) => record?.inputs.patient.ageYears ?? null],
  ['calibrationMethod', ({ record }) => record?.results.calibration.method ?? null],
  ['phantom', ({ record }) => record?.results.calibration.phantom ?? null],
  ['mineral', ({ record }) => record?.results.calibration.mineral ?? null],
  [
    'levelsMeasured',
    ({ record }) =>
      measured(record)
        .map(({ level }) => level)
        .join(' '),
  ],
  ['meanVbmdMgPerCm3', ({ record }) => record?.results.spine.meanVbmdMgPerCm3 ?? null],
  ['meanUncertaintyMgPerCm3', ({ record }) => record?.results.spine.meanUncertaintyMgPerCm3 ?? null],
  ['category', ({ record }) => record?.results.spine.category ?? null],
  ['categoryWithheldCode', ({ record }) => record?.results.spine.categoryWithheld?.code ?? null],
  ['warnings', ({ record }) => [...new Set(warningCodes(record))].join(' ')],
  [
    'software',
    ({ record }) => (record ? `${record.inputs.software.name} ${record.inputs.software.version}` : null),
  ],
]

const measured = (record: ExamRecord | null) =>
  record?.results.spine.levels.filter(({ status }) => status === 'done') ?? []

const warningCodes = (record: ExamRecord | null) =>
  record === null
    ? []
    : [...record.results.warnings, ...record.results.spine.levels.flatMap(({ warnings }) => warnings)].map(
        ({ code }) => code,
      )

/** `cohort.csv`: one line per study with its status and, where it was refused or failed, the reason's code. */
export function cohortCsv(entries: readonly CohortEntry[]): string {
  return csvText(
    COLUMNS.map(([name]) => name),
    entries.map((entry) => COLUMNS.map(([, cell]) => cell(entry))),
  )
}
