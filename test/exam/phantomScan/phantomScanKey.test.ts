import { describe, expect, it } from 'vitest'
import { chooseSeries } from '../../../src/dicom/chooseSeries.ts'
import { openExam } from '../../../src/dicom/openExam.ts'
import { phantomScanKey } from '../../../src/exam/phantomScan/phantomScanKey.ts'
import { codeOf } from '../../core/calibration/seededNormal.ts'
import { type Changes, ctBytes, named } from '../../dicom/dicomBytes.ts'

const SCANNER: Changes = {
  524322: [0x0008_0022, 'DA', '20260301'],
  528528: [0x0008_1090, 'LO', 'Model X'],
  1572944: [0x0018_0050, 'DS', '1.25'],
  1576960: [0x0018_1000, 'LO', 'CT-17'],
  1577264: [0x0018_1130, 'DS', '152.5'],
}

/** Ten slices 2 mm apart in one series; `of` changes the header of a slice. */
async function keyOf(of: (slice: number) => Changes = () => ({})) {
  const files = Array.from({ length: 10 }, (_, slice) =>
    named(
      ctBytes({
        ...SCANNER,
        524312: [0x0008_0018, 'UI', `1.2.3.4.5.${slice + 1}`],
        2097202: [0x0020_0032, 'DS', `-1.5\\2\\${2 * slice}`],
        ...of(slice),
      }),
      `IM${slice}`,
    ),
  )
  const { studies } = await openExam(files)
  const study = studies[0]!
  return () => phantomScanKey(chooseSeries(study).series, study)
}

describe('the key of a phantom scan', () => {
  it('is read from the headers; settings they do not state are null', async () => {
    expect((await keyOf())()).toEqual({
      key: { deviceSerial: 'CT-17', model: 'Model X', kvp: 120 },
      acquisition: {
        kernel: null,
        tableHeightMm: 152.5,
        reconstructionDiameterMm: null,
        sliceThicknessMm: 1.25,
        monoenergeticKev: null,
      },
      date: '2026-03-01',
    })
  })

  it('has the day of the study where no acquisition day is stated', async () => {
    expect((await keyOf(() => ({ 524322: undefined })))().date).toBe('2026-01-02')
  })

  it('is refused for a series whose slices differ in voltage, be it that one does not state it', async () => {
    for (const other of [[0x0018_0060, 'DS', '100'] as const, undefined])
      expect(codeOf(await keyOf((slice) => (slice < 4 ? { 1572960: other } : {})))).toBe(
        'PHANTOM_SCAN_KVP_MIXED',
      )
  })

  it('names every attribute that is not there', async () => {
    const read = await keyOf(() => ({
      524320: undefined,
      524322: undefined,
      528528: undefined,
      1572960: undefined,
      1576960: undefined,
    }))
    expect(read).toThrow('DeviceSerialNumber, ManufacturerModelName, KVP, AcquisitionDate not stated')
  })
})
