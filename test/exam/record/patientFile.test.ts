import { describe, expect, it } from 'vitest'
import { parsePatientFile } from '../../../src/exam/record/patientFile.ts'

describe('a patient file', () => {
  it.each([
    [{ sex: 'F', birthDate: '1954-03-12', heightCm: 162, weightKg: 66, menopausalStatus: 'post' }],
    [{ sex: 'M', ageYears: 72 }],
    [{}],
  ])('is read in both forms and in part: %j', (json) => {
    expect(parsePatientFile(json)).toEqual({ patientFile: json, warnings: [] })
  })

  it('warns of a misspelt key', () => {
    expect(parsePatientFile({ heigthCm: 162 }).warnings).toMatchObject([
      { code: 'INPUT_KEY_UNKNOWN', details: { file: 'patient', keys: ['heigthCm'] } },
    ])
  })

  it.each([
    [{ sex: 'female' }, 'sex'],
    [{ birthDate: '12.03.1954' }, 'birthDate'],
    [{ birthDate: '1954-02-30' }, 'birthDate'],
    [{ birthDate: '1954-03-12', ageYears: 72 }, 'ageYears'],
    [{ ageYears: -1 }, 'ageYears'],
    [{ heightCm: 1.62 }, 'heightCm'],
    [{ weightKg: '66' }, 'weightKg'],
    [{ menopausalStatus: 'yes' }, 'menopausalStatus'],
    [null, 'the top'],
  ])('is refused with the path of its first fault and without its value: %j', (json, path) => {
    expect(() => parsePatientFile(json)).toThrow(
      expect.objectContaining({
        code: 'PATIENT_FILE_INVALID',
        message: expect.not.stringMatching(/1954|female|12\.03/),
        details: expect.objectContaining({ path }),
      }),
    )
  })
})
