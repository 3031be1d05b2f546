import { beforeAll, expect, it } from 'vitest'
import type { StoredCalibration } from '../../../src/core/calibration/asynchronous/storedCalibration.ts'
import type { ExamParameters } from '../../../src/demo/examParameters.ts'
import type { CtStudy } from '../../../src/dicom/ctStudy.ts'
import { analyzePhantomScan } from '../../../src/exam/phantomScan/analyzePhantomScan.ts'
import { checkPhantomScan } from '../../../src/exam/phantomScan/checkPhantomScan.ts'
import { phantomScan, studyOf } from './scannedPhantom.ts'

const later = (changes: Partial<ExamParameters> = {}) =>
  studyOf(phantomScan({ seed: 2, studyDate: '2026-03-09', ...changes }))
const usual = phantomScan().scanner
const device = {
  manufacturerModelName: 'Digital exam',
  deviceSerialNumber: 'DIGITAL-1',
  stationName: 'DIGITALCT',
  tableHeightMm: 150,
}

let first: CtStudy
let stored: StoredCalibration
beforeAll(async () => {
  first = await studyOf(phantomScan())
  stored = await analyzePhantomScan(first, { phantomSerial: '4560' })
})

it('passes a scanner that did not change, by the day of the later scan', async () => {
  const check = await checkPhantomScan(await later(), stored)
  expect(check).toMatchObject({ passed: true, date: '2026-03-09', faults: [], warnings: [] })
  expect(check.rods.map(({ label, verdict }) => `${label} ${verdict}`)).toEqual([
    'A not judged',
    'B not judged',
    'C within',
    'D within',
    'E within',
  ])
})

it('fails a scanner whose response drifted by 3 %, and one whose numbers are 6 HU higher', async () => {
  const slope = await checkPhantomScan(
    await later({ scanner: { ...usual, mineralSlopeDriftPercent: 0 } }),
    stored,
  )
  expect(slope.passed).toBe(false)
  // 375.83 mg/cm³ · 3 % of 1.467 HU · slope: 3.6 % of what rod E reads by the stored line
  expect(slope.rods.at(-1)).toMatchObject({ label: 'E', verdict: 'beyond' })
  expect(Math.abs(slope.rods.at(-1)!.deviationPercent - 3.6)).toBeLessThan(0.3) // noise of two scans: 0.1
  const offset = await checkPhantomScan(
    await later({ scanner: { ...usual, offsetHu: usual.offsetHu + 6 } }),
    stored,
  )
  expect(offset.faults.map(({ code }) => code)).toEqual([
    'QUALITY_DEVIATION',
    'QUALITY_DEVIATION',
    'QUALITY_DEVIATION',
  ])
})

it('warns of another table height', async () => {
  const check = await checkPhantomScan(await later({ device: { ...device, tableHeightMm: 180 } }), stored)
  expect(check.warnings).toMatchObject([{ code: 'QUALITY_SETTING_DIFFERS' }])
  expect(check.passed).toBe(true)
})

it('is no check where scanner or voltage is another, or the scan is the stored one', async () => {
  const refused = (study: CtStudy, words: string) =>
    expect(checkPhantomScan(study, stored)).rejects.toMatchObject({
      code: 'QUALITY_OTHER_SCAN',
      message: expect.stringContaining(words),
    })
  await refused(first, 'the very scan')
  await refused(await later({ device: { ...device, deviceSerialNumber: 'CT-18' } }), 'CT-18')
  await refused(await later({ scanner: { ...usual, kvp: 100 } }), '100 kVp')
})

it('judges by the densities that the calibration used, and refuses another phantom', async () => {
  const rods = stored.origin!.rods.map((rod) => ({ ...rod, densityMgPerCm3: rod.densityMgPerCm3 * 1.02 }))
  const certified = { ...stored, origin: { ...stored.origin!, rods } }
  const check = await checkPhantomScan(await later(), certified)
  expect(check.passed).toBe(true)
  const other = await later({ phantom: { ...phantomScan().phantom!, id: 'qrm-bdc-3' } })
  await expect(checkPhantomScan(other, stored)).rejects.toMatchObject({
    code: expect.stringMatching(/^RODS_/),
  })
})
