import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CalibrationOptions, calibrationRequestOf } from '../../src/cli/analyze/calibrationOptions.ts'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../src/core/calibration/asynchronous/storedCalibration.ts'

const folder = mkdtempSync(join(tmpdir(), 'trabecula-calibration-'))
const file = (name: string, content: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const stored: StoredCalibration = {
  schemaVersion: 2,
  origin: null,
  key: { deviceSerial: 'S1', model: 'M', kvp: 120, phantomSerial: 'P1' },
  acquisition: {
    kernel: null,
    tableHeightMm: null,
    reconstructionDiameterMm: null,
    sliceThicknessMm: null,
    monoenergeticKev: null,
  },
  date: '2026-02-20',
  phantom: 'mindways-model-3',
  mineral: 'K2HPO4',
  line: {
    slopeMgPerCm3PerHu: 0.7,
    interceptMgPerCm3: 1,
    residualSdMgPerCm3: null,
    covariance: [0, 0, 0],
  },
}
const reference = {
  schemaVersion: 1,
  origin: 'user',
  mineral: 'K2HPO4',
  kvp: 120,
  scans: null,
  citation: 'the site',
  tissues: {
    adipose: { densityMgPerCm3: -70, sdMgPerCm3: 4 },
    skeletalMuscle: { densityMgPerCm3: 30, sdMgPerCm3: 4 },
  },
}
const spread = {
  schemaVersion: 1,
  citation: 'the site',
  sdHu: { adipose: 6, skeletalMuscle: 6, blood: 6, corticalBone: 100 },
}
const mass = {
  schemaVersion: 1,
  source: { citation: 'a table', verification: 'user', verifiedBy: 'the physicist' },
  densityGPerCm3: { adipose: 0.95, blood: 1.06, corticalBone: 1.92, skeletalMuscle: 1.05 },
}
const basis = {
  schemaVersion: 1,
  citation: 'the site',
  pair: { unit: 'kVp', low: 80, high: 140 },
  basis: {
    low: { calciumHuPerMgPerCm3: 2, softHuPerUnit: 1, offsetHu: 0, covariance: [0, 0, 0] },
    high: { calciumHuPerMgPerCm3: 1.2, softHuPerUnit: 1, offsetHu: 0, covariance: [0, 0, 0] },
  },
}

describe('the calibration options', () => {
  it('are nothing but the phantom in the scan when nothing is said', () => {
    expect(calibrationRequestOf({ calibration: 'auto' }, null)).toEqual({
      calibration: 'auto',
      asynchronous: null,
      tissue: null,
      dualEnergy: null,
    })
  })

  it('read the files of every route, tissue files by what they hold', () => {
    const request = calibrationRequestOf(
      {
        calibration: 'all',
        storedCalibration: [file('stored.json', stored)],
        policy: file('policy.json', { ...DEFAULT_ASYNCHRONOUS_POLICY, otherUnit: 'refuse' }),
        tissueFile: [file('a.json', mass), file('b.json', reference), file('c.json', spread)],
        secondSeries: '1.2.3',
        dualEnergyBasis: file('basis.json', basis),
      },
      {
        schemaVersion: 1,
        spine: [],
        rods: [],
        tissues: [{ tissue: 'air', centerLps: [0, 0, 0], radiusMm: 8, heightMm: null }],
      },
    )
    expect(request.asynchronous).toMatchObject({
      stored: [stored],
      quality: [],
      policy: { otherUnit: 'refuse' },
    })
    expect(request.tissue).toMatchObject({
      densities: { gPerCm3: mass.densityGPerCm3, verifiedBy: 'the physicist' },
      spread: { sdHu: spread.sdHu },
      reference: { origin: 'user', tissues: reference.tissues },
      windows: null,
      regions: [{ tissue: 'air' }],
    })
    expect(request.dualEnergy).toMatchObject({ otherSeriesUid: '1.2.3', basis: { pair: { low: 80 } } })
  })

  it('take the policy of a site that stated none', () => {
    const options = { calibration: 'asynchronous' as const, storedCalibration: [file('s.json', stored)] }
    expect(calibrationRequestOf(options, null).asynchronous?.policy).toEqual(DEFAULT_ASYNCHRONOUS_POLICY)
  })

  it.each<[CalibrationOptions, string, RegExp]>([
    [{ calibration: 'none', phantom: 'b-mas-200' }, 'OPTION_INVALID', /--phantom/],
    [{ calibration: 'in-scan', storedCalibration: ['x'] }, 'OPTION_INVALID', /--stored-calibration/],
    [{ calibration: 'auto', tissueFile: ['x'] }, 'OPTION_INVALID', /--tissue-file/],
    [{ calibration: 'hu-only', secondSeries: '1' }, 'OPTION_INVALID', /--second-series/],
    [{ calibration: 'all', policy: 'x' }, 'OPTION_INVALID', /--policy.*--stored-calibration/],
    [{ calibration: 'all', dualEnergyBasis: 'x' }, 'OPTION_INVALID', /--dual-energy-basis.*--second-series/],
    [{ calibration: 'asynchronous' }, 'OPTION_INVALID', /--stored-calibration is needed/],
    [{ calibration: 'tissue' }, 'OPTION_INVALID', /--tissue-file is needed/],
    [{ calibration: 'dual-energy' }, 'OPTION_INVALID', /--second-series is needed/],
    [
      { calibration: 'asynchronous', storedCalibration: [file('bad.json', { ...stored, date: 'soon' })] },
      'ASYNCHRONOUS_FILE_INVALID',
      /date/,
    ],
    [{ calibration: 'tissue', tissueFile: [file('empty.json', {})] }, 'TISSUE_FILE_INVALID', /schemaVersion/],
    [
      {
        calibration: 'tissue',
        tissueFile: [file('raw.json', { ...mass, source: { citation: 'a', verification: 'unverified' } })],
      },
      'TISSUE_REFERENCE_UNVERIFIED',
      /not read/,
    ],
    [
      {
        calibration: 'dual-energy',
        secondSeries: '1',
        dualEnergyBasis: file('no.json', { ...basis, pair: null }),
      },
      'DUAL_ENERGY_FILE_INVALID',
      /pair/,
    ],
  ])('are refused: %j', (options, code, message) => {
    expect(() => calibrationRequestOf(options, null)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })
})
