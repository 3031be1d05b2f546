import { describe, expect, it } from 'vitest'
import { matchDose } from '../../../src/core/dose/doseMatch.ts'

const exam = {
  patientId: 'P1',
  patientName: 'Test^One',
  patientBirthDate: '1950-01-01',
  patientSex: 'F',
  studyInstanceUid: '1.2.3',
}

describe('matchDose', () => {
  it('matches where study and patient agree, however the name is written', () => {
    expect(matchDose({ ...exam, patientName: 'TEST^One ^' }, exam).verdict).toBe('matches')
    expect(matchDose({ ...exam, patientSex: '', patientBirthDate: '' }, exam).verdict).toBe('matches')
  })

  it('names every fact in which the patient differs, although the study is the same', () => {
    const other = { ...exam, patientId: 'P2', patientSex: 'M' }
    expect(matchDose(other, exam)).toMatchObject({
      verdict: 'differs',
      isSameStudy: true,
      isSamePatient: false,
      differs: ['patient ID', 'sex'],
    })
  })

  it('differs for another study of the same patient, and says that the patient is the same', () => {
    expect(matchDose({ ...exam, studyInstanceUid: '1.2.4' }, exam)).toMatchObject({
      verdict: 'differs',
      isSameStudy: false,
      isSamePatient: true,
    })
  })

  it('is unproven where nothing names the patient', () => {
    const nameless = { ...exam, patientId: '', patientName: '' }
    expect(matchDose(nameless, exam).verdict).toBe('unproven')
    expect(matchDose(exam, nameless).verdict).toBe('unproven')
  })

  it('never takes two absent study UIDs for the same study', () => {
    const undated = { ...exam, studyInstanceUid: '' }
    expect(matchDose(undated, undated).verdict).toBe('differs')
  })
})
