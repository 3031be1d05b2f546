import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseExamRecord, SCHEMA_VERSION, serializeExamRecord } from '../../../src/exam/record/examRecord.ts'
import { exampleRecord } from './exampleRecord.ts'

const fixture = (version: number) =>
  readFileSync(join(import.meta.dirname, `../../fixtures/record/exam-v${version}.json`), 'utf8')

describe('the exam record', () => {
  it('comes back from its text as it was, to the last digit', () => {
    const record = exampleRecord()
    record.results.calibration.slopeMgPerCm3PerHu = 0.1 + 0.2
    expect(parseExamRecord(serializeExamRecord(record))).toEqual(record)
  })

  it('is read from the fixture of every schema version there ever was', () => {
    for (let version = 1; version <= SCHEMA_VERSION; version += 1)
      expect(parseExamRecord(fixture(version)).results.spine.meanVbmdMgPerCm3).toBe(115.3)
  })

  it('has the stable names at their places', () => {
    const json = JSON.parse(fixture(1))
    expect(Object.keys(json)).toEqual(['schemaVersion', 'status', 'inputs', 'decisions', 'results'])
    expect(Object.keys(json.inputs)).toEqual(expect.arrayContaining(['study', 'patient', 'acquisition']))
    expect(Object.keys(json.results)).toEqual(['calibration', 'calibrations', 'spine', 'warnings', 'report'])
    expect(Object.keys(json.results.calibration)).toEqual(
      expect.arrayContaining([
        'method',
        'phantom',
        'mineral',
        'slopeMgPerCm3PerHu',
        'interceptMgPerCm3',
        'residualSdMgPerCm3',
        'rods',
      ]),
    )
    expect(Object.keys(json.results.calibration.rods[0])).toEqual(
      expect.arrayContaining(['label', 'meanHu', 'sdHu', 'densityMgPerCm3', 'centerLps']),
    )
    expect(Object.keys(json.results.spine.levels[0])).toEqual(
      expect.arrayContaining([
        'level',
        'vbmdMgPerCm3',
        'uncertaintyMgPerCm3',
        'meanHu',
        'sdHu',
        'n',
        'centerLps',
        'tiltDeg',
        'status',
        'calibration',
        'warnings',
      ]),
    )
  })

  it('refuses a text that breaks off', () => {
    const whole = serializeExamRecord(exampleRecord())
    expect(() => parseExamRecord(whole.slice(0, whole.length / 2))).toThrow(
      expect.objectContaining({ code: 'JSON_INVALID' }),
    )
  })

  it('names the path of a wrong field and does not repeat its value', () => {
    const json = JSON.parse(serializeExamRecord(exampleRecord()))
    json.inputs.patient.sex = 'Anna'
    expect(() => parseExamRecord(JSON.stringify(json))).toThrow(
      expect.objectContaining({
        code: 'RECORD_INVALID',
        message: expect.not.stringContaining('Anna'),
        details: expect.objectContaining({ path: 'inputs.patient.sex' }),
      }),
    )
  })

  it('refuses the record of a newer program', () => {
    const json = { ...JSON.parse(fixture(1)), schemaVersion: SCHEMA_VERSION + 1 }
    expect(() => parseExamRecord(JSON.stringify(json))).toThrow(
      expect.objectContaining({ code: 'RECORD_TOO_NEW' }),
    )
  })

  it('is never written with a number that is none', () => {
    const record = exampleRecord()
    record.results.spine.meanVbmdMgPerCm3 = Number.NaN
    expect(() => serializeExamRecord(record)).toThrow(
      expect.objectContaining({ code: 'RECORD_NOT_CANONICAL' }),
    )
  })
})
