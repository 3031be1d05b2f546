import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseExamRecord } from '../../../src/exam/record/examRecord.ts'
import { migrateToCurrent } from '../../../src/exam/record/migrations/migrations.ts'

it('walks through every version in between', () => {
  const migrations = {
    1: (record: object) => ({ ...record, two: true }),
    2: (record: object) => ({ ...record, three: 'two' in record }),
  }
  expect(migrateToCurrent({ schemaVersion: 1 }, 3, migrations)).toEqual({
    schemaVersion: 3,
    two: true,
    three: true,
  })
})

it.each([
  [null],
  [[]],
  ['text'],
  [{}],
  [{ schemaVersion: '1' }],
  [{ schemaVersion: 0 }],
  [{ schemaVersion: 1.5 }],
])('refuses %j, which states no version', (json) => {
  expect(() => migrateToCurrent(json, 1)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }))
})

it('refuses a version from which no way leads on', () => {
  expect(() => migrateToCurrent({ schemaVersion: 1 }, 2, {})).toThrow(
    expect.objectContaining({ code: 'RECORD_INVALID' }),
  )
})

it('takes what a patient file of version 1 stated as typed, and the rest as of the images', () => {
  const fixture = join(import.meta.dirname, '../../fixtures/record/exam-v1.json')
  const { inputs, decisions, results, revision, signatures } = parseExamRecord(readFileSync(fixture, 'utf8'))
  expect(inputs.patient.sources).toEqual({ sex: 'DICOM', birthDate: 'DICOM', menopausalStatus: 'typed' })
  expect(decisions.patient).toMatchObject({ menopausalStatus: 'post', sex: null, birthDate: null })
  expect(decisions.exclusions).toEqual([])
  expect(results.report.frozen).toBeNull()
  expect({ revision, signatures }).toEqual({
    revision: { number: 1, supersedesSha256: null, changes: [] },
    signatures: [],
  })
})

it('does not take an age that a typed birth date gave for typed', () => {
  const json = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures/record/exam-v1.json'), 'utf8'),
  )
  json.inputs.patient.sources = { birthDate: 'patient file', ageYears: 'patient file' }
  expect(parseExamRecord(JSON.stringify(json)).decisions.patient).toMatchObject({
    birthDate: '1954-03-12',
    ageYears: null,
  })
})
