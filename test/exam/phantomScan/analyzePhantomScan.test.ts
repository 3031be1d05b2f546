import { beforeAll, describe, expect, it } from 'vitest'
import {
  matchCalibration,
  type PhantomQuality,
} from '../../../src/core/calibration/asynchronous/matchCalibration.ts'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../../src/core/calibration/asynchronous/storedCalibration.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import type { CtStudy } from '../../../src/dicom/ctStudy.ts'
import { analyzePhantomScan } from '../../../src/exam/phantomScan/analyzePhantomScan.ts'
import { phantomScanKey } from '../../../src/exam/phantomScan/phantomScanKey.ts'
import { analyzeSource } from '../../../src/exam/pipeline/analyzeSource.ts'
import { PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { phantomScan, smallScan, studyOf, withHeaders } from './scannedPhantom.ts'

const SERIAL = { phantomSerial: '4560' }
const device = {
  manufacturerModelName: 'Model X',
  deviceSerialNumber: 'CT-17',
  stationName: 'ROOM2',
  tableHeightMm: 155,
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code,
  )
/** The series of the soft kernel, which is the one that is measured. */
const main = (study: CtStudy) => study.series.find(({ seriesNumber }) => seriesNumber === 2)!

let phantom: CtStudy
let stored: StoredCalibration
beforeAll(async () => {
  phantom = await studyOf(phantomScan({ device }))
  stored = await analyzePhantomScan(phantom, SERIAL)
})

describe('the analysis of a phantom scan', () => {
  it('keeps key, settings and day from the headers, and every rod with its doubt', () => {
    expect(stored).toMatchObject({
      schemaVersion: 2,
      key: { deviceSerial: 'CT-17', model: 'Model X', kvp: 120, phantomSerial: '4560' },
      acquisition: {
        kernel: 'STANDARD',
        tableHeightMm: 155,
        reconstructionDiameterMm: 384,
        sliceThicknessMm: 2,
        monoenergeticKev: null,
      },
      date: '2026-03-02',
      phantom: 'mindways-model-3',
      mineral: 'K2HPO4',
      origin: { equation: 'water-term', densitiesFrom: 'library', warnings: [] },
    })
    const { origin } = stored
    expect(origin?.rods.map(({ label }) => label)).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(origin?.scan).toMatchObject({ seriesInstanceUid: main(phantom).seriesInstanceUid, slices: 50 })
    const [low = 0, high = 0] = origin?.scan.zRangeMm ?? []
    expect(high - low).toBeGreaterThan(80) // of the 98 mm that were scanned
    expect(JSON.stringify(stored)).not.toMatch(/DEMO/) // nothing of the headers' patient
  })

  it("finds the scanner's own line: rods within 1 HU, 100 mg/cm³ within 0.7", () => {
    const { truth } = renderExam(smallScan())
    const line = truth.phantom!
    // 18 HU of noise over 90 mm leave a rod's mean sure to about 0.3 HU.
    for (const [at, rod] of (stored.origin?.rods ?? []).entries())
      expect(Math.abs(rod.meanHu - line.rods[at]!.meanHu)).toBeLessThan(1)
    const ctNumber = (100 - line.interceptMgPerCm3) / line.slopeMgPerCm3PerHu
    const density = stored.line.slopeMgPerCm3PerHu * ctNumber + stored.line.interceptMgPerCm3
    // 0.7: the bias that in-scan calibration keeps to in the bench.
    expect(Math.abs(density - 100)).toBeLessThan(0.7)
    expect(stored.line.residualSdMgPerCm3).toBeLessThan(1)
  })

  it('is the same for the same scan', async () => {
    expect(await analyzePhantomScan(phantom, SERIAL)).toEqual(stored)
  })

  it('says when the densities are those of another phantom, and takes those of a certificate', async () => {
    const other = await analyzePhantomScan(phantom, { phantomSerial: '9999' })
    expect(other.origin?.warnings.map(({ code }) => code)).toEqual(['PHANTOM_NOT_OF_CERTIFICATE'])
    const certificate = {
      schemaVersion: 1,
      phantom: 'mindways-model-3',
      serial: '9999',
      source: 'certificate of 9999',
      rods: (stored.origin?.rods ?? []).map((rod) => ({
        label: rod.label,
        densityMgPerCm3: rod.densityMgPerCm3 * 1.01,
        waterDensityMgPerCm3: rod.waterDensityMgPerCm3,
      })),
    }
    const certified = await analyzePhantomScan(phantom, { phantomSerial: '9999', certificate })
    expect(certified.origin).toMatchObject({
      densitiesFrom: 'certificate',
      citation: 'certificate of 9999',
      warnings: [],
    })
    expect(await codeOf(analyzePhantomScan(phantom, { ...SERIAL, certificate }))).toBe(
      'PHANTOM_SERIAL_DIFFERS',
    )
  })
})

it('keeps of two rods that their fit cannot be judged', async () => {
  const two = await studyOf(phantomScan({ phantom: { ...phantomScan().phantom!, id: 'siemens-osteo' } }))
  const { line, origin, mineral } = await analyzePhantomScan(two, { phantomSerial: '1' })
  expect([line.residualSdMgPerCm3, mineral]).toEqual([null, 'HA'])
  expect(origin?.warnings.map(({ code }) => code)).toEqual([
    'PHANTOM_NOT_OF_CERTIFICATE',
    'CALIBRATION_NO_RESIDUAL_CHECK',
  ])
})

describe('a phantom scan is refused', () => {
  it('where the headers do not say what later scans are matched by', async () => {
    for (const [change, attribute] of [
      [{ deviceSerialNumber: '' }, 'DeviceSerialNumber'],
      [{ manufacturerModelName: '' }, 'ManufacturerModelName'],
    ] as const) {
      const failure = analyzePhantomScan(withHeaders(phantom, change), SERIAL)
      await expect(failure).rejects.toMatchObject({
        code: 'PHANTOM_SCAN_KEY_MISSING',
        details: { missing: [attribute] },
      })
    }
    const { kvp: _, ...rest } = main(phantom).acquisition
    const series = [{ ...main(phantom), acquisition: rest }]
    await expect(analyzePhantomScan({ ...phantom, series }, SERIAL)).rejects.toMatchObject({
      code: 'PHANTOM_SCAN_KEY_MISSING',
      details: { missing: ['KVP'] },
    })
    const unnamed = [{ ...main(phantom), seriesDescription: 'MonoPlus' }]
    await expect(analyzePhantomScan({ ...phantom, series: unnamed }, SERIAL)).rejects.toMatchObject({
      details: { missing: ['MonoenergeticEnergyEquivalent'] },
    })
  })

  it('where its series mixes tube voltages', async () => {
    const whole = main(phantom)
    const other = withHeaders(
      await studyOf(phantomScan({ scanner: { ...smallScan().scanner, kvp: 100 } })),
      device,
    )
    // As reading leaves a mixed series: two stacks of one UID.
    const half = { ...main(other), id: `${whole.id}#2`, seriesInstanceUid: whole.seriesInstanceUid }
    await expect(analyzePhantomScan({ ...phantom, series: [whole, half] }, SERIAL)).rejects.toMatchObject({
      code: 'PHANTOM_SCAN_KVP_MIXED',
      details: { found: ['120', '100'] },
    })
  })

  it('where it holds no phantom, or another one than was named', async () => {
    const bare = await studyOf(smallScan({ phantom: null }))
    expect(await codeOf(analyzePhantomScan(bare, SERIAL))).toBe('RODS_NOT_FOUND')
    expect(await codeOf(analyzePhantomScan(phantom, { ...SERIAL, phantom: 'qrm-bdc-6' }))).toMatch(/^RODS_/)
    expect(await codeOf(analyzePhantomScan(phantom, { ...SERIAL, phantom: 'none' }))).toBe('PHANTOM_UNKNOWN')
  })
})

describe('a patient of the same digital scanner', () => {
  const quality: readonly PhantomQuality[] = [{ date: '2026-03-03', passed: true }]
  const matched = (study: CtStudy) => {
    const { key, acquisition, date } = phantomScanKey(main(study), study)
    const scan = { deviceSerial: key.deviceSerial, model: key.model, kvp: [key.kvp], acquisition, date }
    return matchCalibration(scan, stored, quality, DEFAULT_ASYNCHRONOUS_POLICY)
  }

  it("is matched, and the stored line agrees with the exam's own in-scan line to 1.5 mg/cm³", async () => {
    const patient = await studyOf(smallScan({ seed: 4, device, studyDate: '2026-03-05' }))
    expect(matched(patient)).toEqual({ verdict: 'match', reasons: [] })
    const { truth } = renderExam(smallScan({ seed: 4 }))
    const seed = truth.levels.find(({ level }) => level === 'L1')!
    const { record } = await analyzeSource(
      { kind: 'study', study: patient, setAside: [] },
      {
        ...PLAIN_REQUEST,
        levels: ['L1'],
        roiFile: { schemaVersion: 1, spine: [{ level: 'L1', centerLps: seed.seedLps }], rods: [] },
      },
    )
    const own = record.results.calibration
    expect(own.method).toBe('in-scan')
    const { slopeMgPerCm3PerHu: slope, interceptMgPerCm3: intercept } = stored.line
    for (const ctNumber of [60, 120, 240]) {
      const ours = own.slopeMgPerCm3PerHu! * ctNumber + own.interceptMgPerCm3!
      // The in-scan line rests on 30 mm of rods at 18 HU noise: its standard error is about 0.5 mg/cm³; three of them.
      expect(Math.abs(slope * ctNumber + intercept - ours)).toBeLessThan(1.5)
    }
  })

  it('at 100 kVp is refused; on another unit or table height it is a doubt', async () => {
    const at100 = await studyOf(
      smallScan({ device, scanner: { ...smallScan().scanner, kvp: 100 }, studyDate: '2026-03-05' }),
    )
    expect(matched(at100)).toMatchObject({
      verdict: 'refuse',
      reasons: [{ check: 'kvp', found: 100, needed: 120 }],
    })
    const elsewhere = await studyOf(
      smallScan({
        device: { ...device, deviceSerialNumber: 'CT-18', tableHeightMm: 180 },
        studyDate: '2026-03-05',
      }),
    )
    expect(matched(elsewhere).reasons.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['unit', 'warn'],
      ['tableHeight', 'warn'],
    ])
  })
})
