import { describe, expect, it } from 'vitest'
import {
  type AsynchronousScan,
  asynchronousReasonInWords,
  matchCalibration,
  type PhantomQuality,
} from '../../../../src/core/calibration/asynchronous/matchCalibration.ts'
import {
  type AsynchronousPolicy,
  DEFAULT_ASYNCHRONOUS_POLICY,
  parseAsynchronousPolicy,
  parseStoredCalibration,
  type StoredCalibration,
} from '../../../../src/core/calibration/asynchronous/storedCalibration.ts'
import { codeOf } from '../seededNormal.ts'

const stored: StoredCalibration = {
  schemaVersion: 2,
  key: { deviceSerial: 'CT-17', model: 'Model X', kvp: 120, phantomSerial: '4560' },
  acquisition: {
    kernel: 'B40f',
    tableHeightMm: 150,
    reconstructionDiameterMm: 500,
    sliceThicknessMm: 1,
    monoenergeticKev: null,
  },
  date: '2026-03-01',
  phantom: 'mindways-model-3',
  mineral: 'K2HPO4',
  line: {
    slopeMgPerCm3PerHu: 0.8,
    interceptMgPerCm3: 4,
    residualSdMgPerCm3: 2,
    covariance: [1e-5, -1e-3, 1],
  },
  origin: null,
}
const scan: AsynchronousScan = {
  deviceSerial: 'CT-17',
  model: 'Model X',
  kvp: [120, 120],
  acquisition: stored.acquisition,
  date: '2026-03-08',
}
const passed: readonly PhantomQuality[] = [{ date: '2026-03-05', passed: true }]
const strict: AsynchronousPolicy = {
  schemaVersion: 1,
  otherUnit: 'refuse',
  kernel: 'refuse',
  tableHeightMm: { warnAbove: 5, refuseAbove: 20 },
  reconstructionDiameterMm: { warnAbove: 0, refuseAbove: 0 },
  sliceThicknessMm: { warnAbove: 0, refuseAbove: 0 },
  ageDays: { warnAbove: 7, refuseAbove: 30 },
  qcMissing: 'refuse',
  qcFailed: 'refuse',
  notStated: 'refuse',
}
const lax: AsynchronousPolicy = {
  ...DEFAULT_ASYNCHRONOUS_POLICY,
  otherUnit: 'pass',
  kernel: 'pass',
  qcMissing: 'pass',
  qcFailed: 'pass',
  notStated: 'pass',
}
const match = (change: Partial<AsynchronousScan>, policy = DEFAULT_ASYNCHRONOUS_POLICY, quality = passed) =>
  matchCalibration({ ...scan, ...change }, stored, quality, policy)
const acquired = (change: Partial<AsynchronousScan['acquisition']>): Partial<AsynchronousScan> => ({
  acquisition: { ...stored.acquisition, ...change },
})

describe('matching a stored calibration', () => {
  it('finds nothing to say of the same scanner and settings, a week later', () => {
    for (const policy of [DEFAULT_ASYNCHRONOUS_POLICY, strict, lax]) {
      expect(match({}, policy)).toEqual({ verdict: 'match', reasons: [] })
    }
  })

  it.each([
    [{ kvp: [100] }, 'kvp', 100, 120],
    [{ kvp: [120, 140] }, 'kvp', '120, 140', 120],
    [{ kvp: [120, null] }, 'kvp', '120, not stated', 120],
    [{ kvp: [null] }, 'kvp', null, 120],
    [{ kvp: [] }, 'kvp', null, 120],
    [{ model: 'Model Y' }, 'model', 'Model Y', 'Model X'],
    [{ model: null }, 'model', null, 'Model X'],
    [acquired({ monoenergeticKev: 70 }), 'image', '70 keV', 'conventional'],
  ] satisfies [Partial<AsynchronousScan>, string, string | number | null, string | number][])(
    'refuses %o whatever the policy says',
    (change, check, found, needed) => {
      for (const policy of [lax, DEFAULT_ASYNCHRONOUS_POLICY, strict]) {
        expect(match(change, policy)).toEqual({
          verdict: 'refuse',
          reasons: [{ check, verdict: 'refuse', found, needed }],
        })
      }
    },
  )

  it.each([
    [{ deviceSerial: 'CT-18' }, 'unit', 'CT-18', 'CT-17'],
    [{ deviceSerial: null }, 'unit', null, 'CT-17'],
    [acquired({ kernel: 'B70f' }), 'kernel', 'B70f', 'B40f'],
    [acquired({ kernel: null }), 'kernel', null, 'B40f'],
    [acquired({ tableHeightMm: 175 }), 'tableHeight', 175, 150],
    [acquired({ tableHeightMm: null }), 'tableHeight', null, 150],
    [acquired({ reconstructionDiameterMm: 400 }), 'reconstructionDiameter', 400, 500],
    [acquired({ sliceThicknessMm: 5 }), 'sliceThickness', 5, 1],
  ] satisfies [Partial<AsynchronousScan>, string, string | number | null, string | number][])(
    'warns of or refuses %o as the policy says',
    (change, check, found, needed) => {
      expect(match(change).reasons).toEqual([{ check, verdict: 'warn', found, needed }])
      expect(match(change).verdict).toBe('warn')
      expect(match(change, strict).reasons).toEqual([{ check, verdict: 'refuse', found, needed }])
    },
  )

  it('passes, warns and refuses at the limits themselves', () => {
    const height = (mm: number) => match(acquired({ tableHeightMm: mm }), strict).verdict
    expect([155, 155.1, 130, 129.9].map(height)).toEqual(['match', 'warn', 'warn', 'refuse'])
  })

  it('counts days both ways and across a leap day', () => {
    const on = (date: string, days: number) =>
      expect(match({ date }, { ...strict, qcMissing: 'pass' }, []).reasons).toMatchObject([
        { check: 'age', found: days },
      ])
    on('2026-03-09', 8)
    on('2026-02-01', 28)
    on('2028-03-01', 731) // 2028 has a 29 February
    const old = match({ date: '2026-04-02' })
    expect(old.reasons).toEqual([{ check: 'age', verdict: 'warn', found: 32, needed: 31 }])
    expect(match({ date: '2026-04-01' }).verdict).toBe('match')
    expect(match({ date: null }).reasons.map((reason) => reason.check)).toEqual(['age', 'qc'])
  })

  it('lets the latest quality check up to the day of the scan speak', () => {
    const failed = { date: '2026-03-06', passed: false }
    expect(match({}, DEFAULT_ASYNCHRONOUS_POLICY, []).reasons).toEqual([
      { check: 'qc', verdict: 'warn', found: null, needed: 'passed' },
    ])
    for (const order of [
      [...passed, failed],
      [failed, ...passed],
    ]) {
      expect(match({}, DEFAULT_ASYNCHRONOUS_POLICY, order)).toMatchObject({
        verdict: 'refuse',
        reasons: [{ check: 'qc', found: 'failed on 2026-03-06' }],
      })
    }
    const later = [...passed, { date: '2026-03-09', passed: false }]
    expect(match({}, DEFAULT_ASYNCHRONOUS_POLICY, later).verdict).toBe('match')
    const sameDay = [{ date: '2026-03-06', passed: true }, failed, { date: '2026-03-06', passed: true }]
    expect(match({}, DEFAULT_ASYNCHRONOUS_POLICY, sameDay).verdict).toBe('refuse')
  })

  it('lists every difference, those that refuse first, each in words', () => {
    const { verdict, reasons } = match(
      { ...acquired({ kernel: 'B70f', tableHeightMm: null }), deviceSerial: 'CT-18', kvp: [100] },
      { ...DEFAULT_ASYNCHRONOUS_POLICY, kernel: 'refuse' },
    )
    expect(verdict).toBe('refuse')
    expect(reasons.map((reason) => reason.check)).toEqual(['kvp', 'kernel', 'unit', 'tableHeight'])
    expect(asynchronousReasonInWords(reasons[0]!)).toBe(
      'Tube voltage: 100 kVp; the calibration was made at 120 kVp.',
    )
    expect(asynchronousReasonInWords(reasons[3]!)).toContain('not stated')
  })
})

describe('what is stored', () => {
  it('is read back as it was written', () => {
    expect(parseStoredCalibration(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
    expect(parseAsynchronousPolicy(JSON.parse(JSON.stringify(strict)))).toEqual(strict)
    expect(parseAsynchronousPolicy(DEFAULT_ASYNCHRONOUS_POLICY)).toEqual(DEFAULT_ASYNCHRONOUS_POLICY)
  })

  it('is refused in another version, without its key, with a fact too many or one that cannot be', () => {
    const refused = (change: object) =>
      expect(codeOf(() => parseStoredCalibration({ ...stored, ...change }))).toBe('ASYNCHRONOUS_FILE_INVALID')
    refused({ schemaVersion: 3 })
    refused({ key: { ...stored.key, phantomSerial: ' ' } })
    refused({ patient: 'x' })
    refused({ date: '2026-02-30' })
    refused({ line: { ...stored.line, covariance: [1, 2, 1] } })
    refused({ line: { ...stored.line, slopeMgPerCm3PerHu: Number.NaN } })
    const crossed = { ...strict, ageDays: { warnAbove: 30, refuseAbove: 7 } }
    expect(codeOf(() => parseAsynchronousPolicy(crossed))).toBe('ASYNCHRONOUS_FILE_INVALID')
  })
})
