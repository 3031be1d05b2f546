import dicomParser from 'dicom-parser'
import { describe, expect, it } from 'vitest'
import { hardeningAt } from '../../src/demo/beamHardening.ts'
import { ExamParameters } from '../../src/demo/examParameters.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { smallExam } from './smallExam.ts'

const field = {
  columns: 200,
  rows: 120,
  pixelSpacingMm: 1.5,
  fieldCenterYMm: 110,
  sliceCount: 3,
  sliceThicknessMm: 2,
  sliceSpacingMm: 2,
}
const withPatient = smallExam(field)
const alone: ExamParameters = { ...withPatient, phantomAlone: true }

describe('a phantom that lies alone on the table', () => {
  it('has its rods as under a patient, air above it, and no levels in its truth', () => {
    const [scan, exam] = [renderExam(alone), renderExam(withPatient)]
    expect(scan.truth.phantom).toEqual(exam.truth.phantom)
    expect(scan.truth.levels).toEqual([])
    const { voxels, geometry } = scan.volume
    const at = ([x, y]: readonly [number, number, number]) =>
      field.columns * (field.rows + Math.round((y - geometry.origin[1]) / 1.5)) +
      Math.round((x - geometry.origin[0]) / 1.5)
    for (const { centerLps, meanHu } of scan.truth.phantom!.rods) {
      // stored values are whole numbers
      expect(Math.abs(voxels[at(centerLps)]! - 1024 - meanHu)).toBeLessThan(0.51)
      expect(exam.volume.voxels[at(centerLps)]).toBe(voxels[at(centerLps)])
    }
    const { offsetHu } = alone.scanner
    expect(voxels[at([0, 60, 0])]! - 1024).toBe(-1000 + offsetHu)
    expect(exam.volume.voxels[at([0, 60, 0])]! - 1024).toBeGreaterThan(-200)
  })

  it('hardens the beam less than under a patient', () => {
    const hardened = (parameters: ExamParameters) =>
      hardeningAt({ ...parameters, scanner: { ...parameters.scanner, beamHardeningPercent: 20 } })!(4, 130)
    expect(hardened(alone).excess).toBeGreaterThan(hardened(withPatient).excess)
  })

  it('says which scanner made it, and that nobody lies on it', async () => {
    const device = {
      manufacturerModelName: 'Model X',
      deviceSerialNumber: 'CT-17',
      stationName: 'ROOM2',
      tableHeightMm: 162.5,
    }
    const files = new Map<string, Uint8Array>()
    await writeExam({ ...alone, device }, async (path, bytes) => {
      files.set(path, bytes)
    })
    const header = dicomParser.parseDicom(files.get('dicom/SE2/IM0001.dcm')!)
    expect(['x00081090', 'x00181000', 'x00081010', 'x00181130'].map((tag) => header.string(tag))).toEqual([
      'Model X',
      'CT-17',
      'ROOM2',
      '162.5',
    ])
    expect(header.string('x00081030')).toContain('Phantom alone')
  })

  it('needs a phantom, and states no tissue', () => {
    expect(ExamParameters.safeParse({ ...alone, phantom: null }).success).toBe(false)
    expect(ExamParameters.safeParse({ ...alone, tissue: {} }).success).toBe(false)
    expect(ExamParameters.parse(alone)).toEqual(alone)
  })
})
