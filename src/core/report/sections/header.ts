import { phrase } from '../../words/words.ts'
import type { ReportField, ReportRule } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

/** What stands where a fact is not known. */
export const MISSING = '—'

const DEMOGRAPHICS: ReportRule = 'ACR communication II.B demographics'

const orMissing = (text: string | null) => (text === null || text.trim() === '' ? MISSING : text.trim())
const measure = (value: number | null, unit: string, decimals = 0) =>
  value === null ? MISSING : `${value.toFixed(decimals)} ${unit}`

/** Name, number, sex, birth date and age of the patient; date, description and scanner of the exam. */
export function reportHeader(input: ReportInput): readonly ReportField[] {
  const { patient, study, acquisition } = input.inputs
  const field = (name: Parameters<typeof phrase>[0], value: string): ReportField => ({
    name: phrase(name),
    value,
    rule: DEMOGRAPHICS,
  })
  const age = patient.ageYears === null ? MISSING : `${Math.floor(patient.ageYears)} y`
  const scanner = [acquisition?.manufacturer, acquisition?.manufacturerModelName, acquisition?.stationName]
  return [
    field('report.field.patient', orMissing(patient.patientName)),
    field('report.field.patientId', orMissing(patient.patientId)),
    field(
      'report.field.born',
      `${orMissing(patient.birthDate)}   ${phrase('report.field.age')} ${age}   ${phrase('report.field.sex')} ${orMissing(patient.sex)}`,
    ),
    field('report.field.body', `${measure(patient.heightCm, 'cm')}, ${measure(patient.weightKg, 'kg')}`),
    field('report.field.examDate', orMissing(study.studyDate)),
    field('report.field.exam', orMissing(study.studyDescription)),
    field('report.field.accession', orMissing(study.accessionNumber)),
    field('report.field.scanner', orMissing(scanner.filter((part) => part).join(', '))),
  ]
}
