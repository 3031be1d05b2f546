import { describe, expect, it } from 'vitest'
import { bannerFacts } from '../../../src/viewer/app/bannerFacts.ts'
import type { SourceSummary } from '../../../src/viewer/worker/examWorkerApi.ts'

const source: SourceSummary = {
  id: 'exam-1',
  kind: 'study',
  patient: {
    patientId: 'ID-77',
    patientName: 'Doe^Jane^^^=漢字',
    patientBirthDate: '1950-01-02',
    patientSex: 'F',
    patientAgeYears: 71,
  },
  studyInstanceUid: '1.2.3',
  studyDate: '2021-05-06',
  studyDescription: 'Spine',
  series: [],
  proposed: null,
  refusal: null,
}

describe('the patient banner', () => {
  it('names the person by family and given name, and says what is known', () => {
    expect(bannerFacts(source, null, false)).toEqual({
      identity: ['Doe, Jane', 'ID-77', 'born 1950-01-02', 'female', '71 y'],
      exam: ['exam 2021-05-06', 'Spine'],
    })
  })

  it('tells nothing that names the person while the identity is hidden', () => {
    const words = Object.values(bannerFacts(source, null, true))
      .flat()
      .join(' ')
    for (const secret of ['Doe', 'Jane', 'ID-77', '1950-01-02']) expect(words).not.toContain(secret)
  })

  it('says so when the files name nobody', () => {
    const nobody = { ...source, patient: { ...source.patient!, patientName: '', patientId: '' } }
    expect(bannerFacts(nobody, null, false).identity.slice(0, 2)).toEqual(['Name not in the files', 'no ID'])
  })
})
