import dicomParser from 'dicom-parser'
import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { ctImageFile, type WrittenCtImage } from '../../../src/dicom/write/ctImageFile.ts'

const image = (changes: Partial<WrittenCtImage> = {}): WrittenCtImage => ({
  series: {
    study: {
      patient: { patientId: 'P1', patientName: 'TEST^Ä', patientBirthDate: '1960-07-02', patientSex: 'F' },
      studyInstanceUid: '2.25.1',
      studyId: '1',
      studyDate: '2026-07-01',
      studyTime: '120000',
      studyDescription: 'Study',
      accessionNumber: 'A1',
      frameOfReferenceUid: '2.25.2',
      manufacturer: 'Maker',
      manufacturerModelName: 'Model',
      deviceSerialNumber: 'S1',
      stationName: 'CT1',
      softwareVersions: '1',
    },
    seriesInstanceUid: '2.25.3',
    seriesNumber: 2,
    seriesDescription: 'Series',
    bodyPartExamined: 'LSPINE',
    imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    kvp: 120,
    convolutionKernel: 'STANDARD',
    sliceThicknessMm: 1.25,
    spacingBetweenSlicesMm: 1,
    reconstructionDiameterMm: 360,
    tableHeightMm: 150,
    tubeCurrentMa: 200,
    exposureTimeMs: 500,
    rescaleType: 'HU',
    windowCenter: 40,
    windowWidth: 400,
  },
  sopInstanceUid: '2.25.4',
  instanceNumber: 7,
  columns: 3,
  rows: 2,
  columnSpacingMm: 0.7,
  rowSpacingMm: 0.9,
  imagePositionPatient: lpsPoint(-1.5, 2.25, -733.123456),
  imageOrientationPatient: [lpsVector(1, 0, 0), lpsVector(0, 1, 0)],
  rescaleSlope: 1,
  rescaleIntercept: -1024,
  pixels: Uint16Array.of(0, 1, 2, 3, 4, 4095),
  ...changes,
})

describe('ctImageFile', () => {
  it('is a CT image whose place, scale and pixels another reader gets back', () => {
    const bytes = ctImageFile(image())
    const set = dicomParser.parseDicom(bytes)
    expect(set.string('x00020010')).toBe('1.2.840.10008.1.2.1')
    expect(set.string('x00020003')).toBe(set.string('x00080018'))
    expect(set.string('x00020002')).toBe('1.2.840.10008.5.1.4.1.1.2')
    // row spacing comes first
    expect(set.string('x00280030')).toBe('0.9\\0.7')
    expect(set.string('x00200032')).toBe('-1.5\\2.25\\-733.123456')
    expect(set.string('x00200037')).toBe('1\\0\\0\\0\\1\\0')
    expect(set.string('x00281052')).toBe('-1024')
    expect(set.string('x00180050')).toBe('1.25')
    expect(set.uint16('x00280010')).toBe(2)
    expect(set.uint16('x00280011')).toBe(3)
    const element = set.elements.x7fe00010!
    expect(element.length).toBe(12)
    const pixels = new Uint16Array(bytes.slice(element.dataOffset, element.dataOffset + 12).buffer)
    expect(Array.from(pixels)).toEqual([0, 1, 2, 3, 4, 4095])
  })

  it('counts the age in full years, the day before a birthday too', () => {
    const age = (study: string) => {
      const { series } = image()
      const bytes = ctImageFile(
        image({ series: { ...series, study: { ...series.study, studyDate: study } } }),
      )
      return dicomParser.parseDicom(bytes).string('x00101010')
    }
    expect(age('2026-07-01')).toBe('065Y')
    expect(age('2026-07-02')).toBe('066Y')
  })

  it('leaves slice thickness empty and spacing out where there is none', () => {
    const { sliceThicknessMm, spacingBetweenSlicesMm, ...rest } = image().series
    expect([sliceThicknessMm, spacingBetweenSlicesMm]).toEqual([1.25, 1])
    const set = dicomParser.parseDicom(ctImageFile(image({ series: rest })))
    expect(set.elements.x00180050!.length).toBe(0)
    expect(set.elements.x00180088).toBeUndefined()
  })

  it('refuses pixels that do not fill the image', () => {
    expect(() => ctImageFile(image({ pixels: new Uint16Array(5) }))).toThrow(RangeError)
  })
})
