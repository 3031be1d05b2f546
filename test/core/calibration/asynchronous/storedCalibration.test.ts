import { describe, expect, it } from 'vitest'
import { parseQualityCheck } from '../../../../src/core/calibration/asynchronous/qualityCheck.ts'
import { parseStoredCalibration } from '../../../../src/core/calibration/asynchronous/storedCalibration.ts'
import version1 from '../../../fixtures/calibration/stored-v1.json' with { type: 'json' }
import { codeOf } from '../seededNormal.ts'
import { exampleCalibration, exampleCheck } from './exampleCalibration.ts'

describe('a stored calibration', () => {
  it('of version 1 is read with everything it had, and says that it does not know how it came to be', () => {
    const { schemaVersion, ...kept } = version1
    expect(schemaVersion).toBe(1)
    expect(parseStoredCalibration(version1)).toEqual({ ...kept, schemaVersion: 2, origin: null })
  })

  it('is read back as it was written', () => {
    const stored = exampleCalibration()
    expect(parseStoredCalibration(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
    expect(parseQualityCheck(JSON.parse(JSON.stringify(exampleCheck())))).toEqual(exampleCheck())
  })

  it('is refused where its version and its content differ, or its rods are too few', () => {
    const refused = (json: unknown) =>
      expect(codeOf(() => parseStoredCalibration(json))).toBe('ASYNCHRONOUS_FILE_INVALID')
    const stored = exampleCalibration()
    refused({ ...stored, schemaVersion: 1 })
    refused({ ...version1, schemaVersion: 2 })
    refused({ ...stored, origin: { ...stored.origin, rods: stored.origin?.rods.slice(0, 1) } })
    refused([stored])
    refused(null)
    expect(codeOf(() => parseQualityCheck({ ...exampleCheck(), passed: 'yes' }))).toBe(
      'ASYNCHRONOUS_FILE_INVALID',
    )
  })
})
