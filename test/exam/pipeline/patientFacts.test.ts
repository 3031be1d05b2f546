import { describe, expect, it } from 'vitest'
import type { PatientIdentity, StudyCircumstances } from '../../../src/dicom/ctStudy.ts'
import { ageAt, patientFacts } from '../../../src/exam/pipeline/patientFacts.ts'

const identity = {
  patientId: 'P1',
  patientName: 'Example^Anna',
  patientBirthDate: '1954-03-12',
  patientSex: 'F',
} as const

describe('age in years', () => {
  it.each([
    ['1954-03-12', '2026-03-12', 72],
    ['1954-03-12', '2026-03-11', 72 - 1 / 365],
    ['1954-03-12', '1954-03-12', 0],
    ['2000-02-29', '2019-03-01', 19],
    ['2000-01-01', '2000-07-02', 183 / 366], // a leap year
  ])('born %s, on %s, is %d', (birth, at, age) => {
    expect(ageAt(birth, at)).toBeCloseTo(age, 12) // rounding of one division
  })

  it.each([
    [null, '2026-01-01'],
    ['1954-03-12', null],
    ['19540312', '2026-01-01'],
    ['1954-13-12', '2026-01-01'],
    ['2027-01-01', '2026-01-01'],
  ])('is not known for %s on %s', (birth, at) => {
    expect(ageAt(birth, at)).toBeNull()
  })

  it('is under 20 on the day before the twentieth birthday and 20 on it', () => {
    expect(ageAt('2006-03-02', '2026-03-01')).toBeLessThan(20)
    expect(ageAt('2006-03-02', '2026-03-02')).toBe(20)
  })
})

const study = (patient: PatientIdentity = identity, circumstances: StudyCircumstances = {}) => ({
  patient,
  circumstances,
})

describe('the facts of a patient', () => {
  it('come from the image files where nobody says more', () => {
    const { patient, warnings } = patientFacts(study(), null, '2026-03-12')
    expect(patient).toMatchObject({ sex: 'F', birthDate: '1954-03-12', ageYears: 72, menopausalStatus: null })
    expect(patient.sources).toEqual({ sex: 'DICOM', birthDate: 'DICOM', ageYears: 'DICOM' })
    expect(warnings).toEqual([])
  })

  it('take the age that de-identified files kept when they dropped the birth date', () => {
    const kept = { ...identity, patientBirthDate: '', patientAgeYears: 49 }
    expect(patientFacts(study(kept), null, '2026-03-12').patient).toMatchObject({
      birthDate: null,
      ageYears: 49,
    })
    expect(patientFacts(study(kept), { birthDate: '1954-03-12' }, null).patient.ageYears).toBeNull()
  })

  it('are completed by the patient file', () => {
    const { patient } = patientFacts(study(), { heightCm: 162, menopausalStatus: 'post' }, '2026-03-12')
    expect(patient).toMatchObject({ ageYears: 72, heightCm: 162, menopausalStatus: 'post' })
    expect(patient.sources).toMatchObject({ sex: 'DICOM', heightCm: 'typed' })
  })

  it('take height and weight from the image files where nobody states them', () => {
    const dicom = study(identity, { patientHeightCm: 160, patientWeightKg: 70 })
    const { patient } = patientFacts(dicom, { heightCm: 162 }, null)
    expect(patient).toMatchObject({ heightCm: 162, weightKg: 70 })
    expect(patient.sources).toMatchObject({ heightCm: 'typed', weightKg: 'DICOM' })
  })

  it('hold what was typed of fractures and treatment, and nothing for blanks', () => {
    const { patient } = patientFacts(null, { priorFracture: ' wrist 2019 ', treatment: '  ' }, null)
    expect(patient).toMatchObject({ priorFracture: 'wrist 2019', treatment: null })
    expect(patient.sources).toEqual({ priorFracture: 'typed' })
  })

  it('follow the patient file where the two differ, with a warning', () => {
    const { patient, warnings } = patientFacts(study(), { sex: 'M', birthDate: '1960-01-01' }, '2026-03-12')
    expect(patient).toMatchObject({ sex: 'M', birthDate: '1960-01-01' })
    expect(warnings.map(({ details }) => details)).toEqual([{ fact: 'sex' }, { fact: 'birth date' }])
  })

  it('take a stated age as it is, and warn when the birth date of the files gives another', () => {
    const { patient, warnings } = patientFacts(study(), { ageYears: 40 }, '2026-03-12')
    expect(patient).toMatchObject({ ageYears: 40, birthDate: null })
    expect(warnings).toMatchObject([{ details: { fact: 'age' } }])
    expect(patientFacts(study(), { ageYears: 71 }, '2026-03-12').warnings).toEqual([])
  })

  it('are all unknown for a NIfTI file alone', () => {
    expect(patientFacts(null, null, null).patient).toMatchObject({ sex: null, ageYears: null, sources: {} })
  })
})
