import { describe, expect, it } from 'vitest'
import { readDoseReport } from '../../../src/dicom/dose/readDoseReport.ts'
import { readHeader } from '../../../src/dicom/readHeader.ts'
import { doseReportFile, type WrittenDoseReport } from '../../../src/dicom/write/doseReportFile.ts'

const event: WrittenDoseReport['events'][number] = {
  eventUid: '2.25.1',
  acquisitionType: 'spiral',
  protocol: 'Wirbelsäule',
  targetRegion: ['SCT', '122496007', 'Lumbar spine'],
  seriesNumber: 2,
  exposureTimeS: 4.83,
  scanningLengthMm: 334,
  singleCollimationMm: 0.6,
  totalCollimationMm: 38.4,
  pitch: 0.9,
  kvp: 120,
  maximumTubeCurrentMa: 200,
  tubeCurrentMa: 180,
  rotationTimeS: 0.5,
  ctdiVolDigits: '6.80',
  dlpDigits: '227.10',
  phantomCm: 32,
}
const report: WrittenDoseReport = {
  study: {
    patient: { patientId: 'P1', patientName: 'Test^Änne', patientBirthDate: '1950-07-04', patientSex: 'F' },
    studyInstanceUid: '2.25.10',
    studyId: '1',
    studyDate: '2026-03-02',
    studyTime: '090000',
    studyDescription: 'Spine QCT',
    accessionNumber: 'A1',
    frameOfReferenceUid: '2.25.11',
    manufacturer: 'M',
    manufacturerModelName: 'Model',
    deviceSerialNumber: 'S1',
    stationName: 'CT1',
    softwareVersions: '1',
  },
  sopInstanceUid: '2.25.12',
  seriesInstanceUid: '2.25.13',
  seriesNumber: 9,
  seriesDescription: 'Dose Report',
  deviceUid: '2.25.14',
  irradiationStart: '20260302090100',
  irradiationEnd: '20260302090330',
  source: ['DCM', '113868', 'Derived From Human-Readable Reports'],
  dlpTotalDigits: '227.10',
  events: [event],
}

describe('doseReportFile', () => {
  it('is read back whole: every number with its digits, every code, every text', async () => {
    const { attributes } = await readHeader(new Blob([new Uint8Array(doseReportFile(report))]), () => true)
    const read = readDoseReport(attributes)
    expect(read).toMatchObject({
      sopInstanceUid: '2.25.12',
      subject: {
        patientId: 'P1',
        patientName: 'Test^Änne',
        patientBirthDate: '1950-07-04',
        studyInstanceUid: '2.25.10',
      },
      accessionNumber: 'A1',
      contentDateTime: '20260302090330',
      irradiationStart: '20260302090100',
      scopeStudyUids: ['2.25.10'],
      source: { value: '113868' },
      intent: { value: '261004008' },
      statedEvents: { value: 1 },
      statedDlpTotal: { digits: '227.10' },
      warnings: [],
    })
    expect(read.events).toEqual([
      {
        doubts: [],
        event: {
          eventUid: '2.25.1',
          acquisitionType: 'spiral',
          acquisitionTypeCode: { value: '116152004', scheme: 'SCT', meaning: 'Spiral Acquisition' },
          protocol: 'Wirbelsäule',
          targetRegion: { value: '122496007', scheme: 'SCT', meaning: 'Lumbar spine' },
          label: { text: '2', numbers: 'series' },
          exposureTime: { value: 4.83, digits: '4.83' },
          scanningLength: { value: 334, digits: '334' },
          singleCollimation: { value: 0.6, digits: '0.6' },
          totalCollimation: { value: 38.4, digits: '38.4' },
          pitch: { value: 0.9, digits: '0.9' },
          sourceCount: { value: 1, digits: '1' },
          sources: [
            {
              identification: 'A',
              kvp: { value: 120, digits: '120' },
              maximumCurrent: { value: 200, digits: '200' },
              current: { value: 180, digits: '180' },
              rotationTime: { value: 0.5, digits: '0.5' },
            },
          ],
          ctdiVol: { value: 6.8, digits: '6.80' },
          dlp: { value: 227.1, digits: '227.10' },
          phantomCm: 32,
          phantomCode: { value: '113691', scheme: 'DCM', meaning: 'IEC Body Dosimetry Phantom' },
        },
      },
    ])
  })

  it('refuses a dose that is no plain decimal', () => {
    for (const digits of ['', '6,8', '6.8 mGy', 'NaN', '1e3'])
      expect(
        () => doseReportFile({ ...report, events: [{ ...event, ctdiVolDigits: digits }] }),
        digits,
      ).toThrow(RangeError)
  })

  it('gives the same bytes for the same report', () => {
    expect(doseReportFile(report)).toEqual(doseReportFile(report))
  })
})
