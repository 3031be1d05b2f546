import { expect, it } from 'vitest'
import {
  checkedCalibration,
  parseCheckedCalibration,
  qualityOf,
} from '../../../../src/core/calibration/asynchronous/checkedCalibration.ts'
import { exampleCalibration, exampleCheck } from './exampleCalibration.ts'

const calibration = exampleCalibration()
const failed = exampleCheck({ date: '2026-03-15', passed: false })
const written = checkedCalibration(calibration, [failed, exampleCheck()])

it('reads what it wrote: the calibration, and of its checks day and outcome', () => {
  expect(written).toEqual({ schemaVersion: 1, calibration, quality: [failed, exampleCheck()] })
  expect(parseCheckedCalibration(JSON.parse(JSON.stringify(written)))).toEqual({
    calibration,
    quality: [qualityOf(failed), { date: '2026-03-08', passed: true }],
  })
})

it('reads a stored calibration alone as one without checks', () => {
  expect(parseCheckedCalibration(calibration)).toEqual({ calibration, quality: [] })
})

it('brings the calibration inside to the current version', () => {
  const { origin: _, ...version1 } = { ...calibration, schemaVersion: 1 }
  const { calibration: read } = parseCheckedCalibration({ ...written, calibration: version1 })
  expect(read).toEqual({ ...calibration, origin: null })
})

it.each<[unknown, string]>([
  [{ ...written, schemaVersion: 2 }, 'schemaVersion'],
  [{ ...written, calibration: { ...calibration, date: 'soon' } }, 'calibration.date'],
  [{ ...written, quality: [{ ...failed, passed: 'no' }] }, 'quality.0.passed'],
  [{ schemaVersion: 1, calibration }, 'quality'],
  [{ ...written, patient: 'A' }, 'top level'],
  [null, 'top level'],
])('refuses what is not as it should be (%#)', (json, path) => {
  expect(() => parseCheckedCalibration(json)).toThrow(
    expect.objectContaining({
      code: 'ASYNCHRONOUS_FILE_INVALID',
      details: expect.objectContaining({ path }),
    }),
  )
})

it('writes nothing that would not be read again', () => {
  expect(() => checkedCalibration({ ...calibration, phantom: ' ' }, [])).toThrow(
    expect.objectContaining({ code: 'ASYNCHRONOUS_FILE_INVALID' }),
  )
})
