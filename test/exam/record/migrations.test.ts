import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/exam/record/canonicalJson.ts'
import { parseExamRecord, SCHEMA_VERSION, serializeExamRecord } from '../../../src/exam/record/examRecord.ts'
import { asVersion2 } from '../../../src/exam/record/migrations/from2To3.ts'
import { migrateToCurrent } from '../../../src/exam/record/migrations/migrations.ts'
import { addAddendum, assertSignaturesHold } from '../../../src/exam/record/signRecord.ts'

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

it('takes the one calibration of version 2 for what the phantom in the scan made of each level', () => {
  const text = readFileSync(join(import.meta.dirname, '../../fixtures/record/exam-v2.json'), 'utf8')
  const { decisions, results } = parseExamRecord(text)
  expect(decisions.calibration).toMatchObject({
    requested: 'auto',
    used: 'in-scan',
    why: 'only one',
    asynchronous: null,
    tissue: null,
    dualEnergy: null,
  })
  expect(decisions.tissueRegions).toEqual([])
  expect(results.routes).toMatchObject([{ route: 'in-scan', status: 'done' }])
  expect(results.spine).toMatchObject({ screening: null, disagreements: [] })
  for (const level of results.spine.levels)
    expect(level.byCalibration).toMatchObject([
      { route: 'in-scan', calibration: level.calibration, vbmdMgPerCm3: level.vbmdMgPerCm3, mineral: 'HA' },
    ])
})

describe('a record signed in version 2', () => {
  const text = readFileSync(join(import.meta.dirname, '../../fixtures/record/exam-v2-signed.json'), 'utf8')

  it('goes back to what was signed, key by key', () => {
    expect(canonicalJson(asVersion2(parseExamRecord(text)))).toBe(canonicalJson(JSON.parse(text)))
  })

  it('keeps its signatures, and takes an addendum of this version', async () => {
    const record = parseExamRecord(text)
    expect(record.signatures.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 2])
    await assertSignaturesHold(record)
    const signer = { name: 'Rita Reader', role: 'radiologist', signedAt: '2026-03-03T10:00:00Z' }
    const added = await addAddendum(record, signer, 'Seen again.')
    expect(added.signatures.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 2, SCHEMA_VERSION])
    await assertSignaturesHold(parseExamRecord(serializeExamRecord(added)))
  })

  it('shows any change of what was signed', async () => {
    const record = parseExamRecord(text)
    record.results.spine.meanVbmdMgPerCm3 = 121
    await expect(assertSignaturesHold(record)).rejects.toMatchObject({ code: 'SIGNATURE_BROKEN' })
  })

  it('shows what was put beside it into fields that it did not have', async () => {
    const record = parseExamRecord(text)
    record.decisions.calibration.why = 'order of trust'
    await expect(assertSignaturesHold(record)).rejects.toMatchObject({ code: 'SIGNATURE_BROKEN' })
  })
})
