import { phrase } from '../../words/words.ts'
import { personName } from '../personName.ts'
import type { ReportField, ReportRule } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

/** What stands where a fact is not known. */
export const MISSING = '—'

const DEMOGRAPHICS: ReportRule = 'ACR communication II.B demographics'

const orMissing = (text: string | null) => (text === null || text.trim() === '' ? MISSING : text.trim())

/**
 * Facility, who asked, who the patient is, and which exam this is. A fact that a person typed is marked as typed: the
 * others are those of the image files.
 */
export function reportHeader(input: ReportInput): readonly ReportField[] {
  const { patient, study, acquisition } = input.inputs
  const field = (name: Parameters<typeof phrase>[0], value: string): ReportField => ({
    name: phrase(name),
    value,
    rule: DEMOGRAPHICS,
  })
  const fact = (key: keyof typeof patient & string, value: string | null) =>
    value === null || value.trim() === ''
      ? MISSING
      : patient.sources[key] === 'typed'
        ? phrase('report.field.typed', { value })
        : value
  const measured = (key: 'heightCm' | 'weightKg', unit: string) =>
    fact(key, patient[key] === null ? null : `${Number(patient[key].toFixed(1))} ${unit}`)
  const scanner = [acquisition?.manufacturer, acquisition?.manufacturerModelName, acquisition?.stationName]
  return [
    field('report.field.patient', orMissing(personName(patient.patientName ?? ''))),
    field('report.field.patientId', orMissing(patient.patientId)),
    field('report.field.born', fact('birthDate', patient.birthDate)),
    field(
      'report.field.age',
      fact('ageYears', patient.ageYears === null ? null : `${Math.floor(patient.ageYears)} y`),
    ),
    field('report.field.sex', fact('sex', patient.sex === null ? null : phrase(`report.sex.${patient.sex}`))),
    field('report.field.body', `${measured('heightCm', 'cm')}, ${measured('weightKg', 'kg')}`),
    ...(patient.menopausalStatus === null
      ? []
      : [
          field(
            'report.field.menopause',
            fact('menopausalStatus', phrase(`report.menopause.${patient.menopausalStatus}`)),
          ),
        ]),
    field(
      'report.field.examDate',
      orMissing([study.studyDate, study.studyTime].filter((part) => part !== null).join(' ')),
    ),
    field('report.field.exam', orMissing(study.studyDescription)),
    field('report.field.accession', orMissing(study.accessionNumber)),
    field('report.field.referrer', orMissing(personName(study.referringPhysicianName ?? ''))),
    field('report.field.facility', orMissing(study.institutionName)),
    { ...field('report.field.scanner', orMissing(scanner.filter((part) => part).join(', '))), isWide: true },
  ]
}

/** Who and when in one line, so that a page that lost its report can still be placed. */
export function reportIdentity({ inputs }: ReportInput): string {
  const { patient, study } = inputs
  const parts = [
    personName(patient.patientName ?? ''),
    patient.patientId === null ? '' : phrase('report.identity.id', { id: patient.patientId }),
    study.studyDate === null ? '' : phrase('report.identity.exam', { date: study.studyDate }),
  ].filter((part) => part !== '')
  return parts.length === 0 ? phrase('report.identity.none') : parts.join(' · ')
}
