import { describe, expect, it } from 'vitest'
import { groupStudies } from '../../src/dicom/groupStudies.ts'
import { makeFiles, makeStack, shuffled, steps } from './ctFixture.ts'

const person = {
  patientId: 'P1',
  patientName: 'Test^One',
  patientBirthDate: '1950-01-01',
  patientSex: 'F' as const,
}
const files = (over: Parameters<typeof makeFiles>[1]) => makeFiles(makeStack(steps(4, 1)), over)

describe('groupStudies', () => {
  it.each([
    ['ID', { patientId: 'P2' }],
    ['name', { patientName: 'Test^Two' }],
    ['birth date', { patientBirthDate: '1950-01-02' }],
    ['absent birth date', { patientBirthDate: '' }],
  ])('keeps two patients apart who differ in %s alone, although every UID agrees', (_, over) => {
    const other = makeFiles(makeStack(steps(4, 1, 100)), { patient: { ...person, ...over } })
    const studies = groupStudies([...files({}), ...other])
    expect(studies).toHaveLength(2)
    expect(studies.map(({ series }) => series.map(({ frames }) => frames.length))).toEqual([[4], [4]])
  })

  it('keeps two studies of one patient apart although the series UID agrees', () => {
    const later = files({ studyInstanceUid: '9.9', studyDate: '2026-02-01' })
    const studies = groupStudies([...later, ...files({})])
    expect(studies.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1.2.3', '9.9'])
  })

  it('takes case, blanks and empty name parts for the same person', () => {
    const same = makeFiles(makeStack(steps(4, 1, 4)), { patient: { ...person, patientName: 'TEST^ONE ^^' } })
    expect(groupStudies([...files({}), ...same])).toHaveLength(1)
  })

  it('gives the same studies whatever the order of the files', () => {
    const all = [
      ...files({}),
      ...makeFiles(makeStack(steps(5, 2)), { seriesInstanceUid: '7', seriesNumber: 1 }),
      ...makeFiles(makeStack(steps(4, 1)), { patient: { ...person, patientId: 'P0' } }),
    ]
    const summary = (list: typeof all) =>
      groupStudies(list).map(({ patient, series }) => [
        patient.patientId,
        series.map(({ id, frames }) => [id, frames.map((frame) => frame.sopInstanceUid)]),
      ])
    expect(summary(shuffled(all))).toEqual(summary(all))
  })
})
