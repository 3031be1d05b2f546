import type { LpsPoint, LpsVector } from '../../src/core/geometry/lps.ts'
import { lpsPoint, lpsVector } from '../../src/core/geometry/lps.ts'
import { mm } from '../../src/core/units.ts'
import type { CtInstance } from '../../src/dicom/ctInstance.ts'
import type { Acquisition, CtFrame } from '../../src/dicom/ctStudy.ts'

/** Rows along x, columns along y: a supine patient as most scanners write it. */
export const SUPINE = [lpsVector(1, 0, 0), lpsVector(0, 1, 0)] as const

/** A density field in the patient's world, in HU. */
export type Field = (point: LpsPoint) => number

/** One slice in memory, its pixels sampled from a field in the world. Everything may be overridden. */
export function makeFrame(position: LpsPoint, field: Field = () => 0, over: Partial<CtFrame> = {}): CtFrame {
  const frame: CtFrame = {
    sopInstanceUid: `1.2.${position.join('.')}`,
    imagePositionPatient: position,
    imageOrientationPatient: SUPINE,
    columns: 8,
    rows: 6,
    columnSpacing: mm(1),
    rowSpacing: mm(1),
    rescaleSlope: 1,
    rescaleIntercept: -1024,
    pixelRepresentation: 'unsigned',
    decodeInto: async (target) => {
      const [row, column] = frame.imageOrientationPatient
      for (let j = 0; j < frame.rows; j++)
        for (let i = 0; i < frame.columns; i++) {
          const at = [0, 1, 2].map(
            (c) =>
              frame.imagePositionPatient[c]! +
              i * frame.columnSpacing * row[c]! +
              j * frame.rowSpacing * column[c]!,
          )
          const value = field(lpsPoint(at[0]!, at[1]!, at[2]!))
          const stored = (value - frame.rescaleIntercept) / frame.rescaleSlope
          target[j * frame.columns + i] = target instanceof Float32Array ? stored : Math.round(stored)
        }
    },
    ...over,
  }
  return frame
}

/** Frames at the given z, sharing everything else. */
export const makeStack = (zs: readonly number[], field?: Field, over: Partial<CtFrame> = {}): CtFrame[] =>
  zs.map((z) => makeFrame(lpsPoint(-4, -3, z), field, over))

/** A file with the given frames. */
export function makeInstance(
  frames: readonly CtFrame[],
  over: Partial<Omit<CtInstance, 'acquisition'>> & { readonly acquisition?: Partial<Acquisition> } = {},
): CtInstance {
  return {
    path: `${frames[0]?.sopInstanceUid}.dcm`,
    patient: { patientId: 'P1', patientName: 'Test^One', patientBirthDate: '1950-01-01', patientSex: 'F' },
    studyInstanceUid: '1.2.3',
    studyDate: '2026-01-01',
    studyDescription: '',
    accessionNumber: '',
    circumstances: {},
    seriesInstanceUid: '1.2.3.4',
    seriesDescription: '',
    seriesNumber: 2,
    frameOfReferenceUid: '1.2.3.9',
    frames,
    ...over,
    acquisition: {
      imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      convolutionKernel: 'STANDARD',
      ...over.acquisition,
    },
  }
}

/** One file per frame. */
export const makeFiles = (
  frames: readonly CtFrame[],
  over: Parameters<typeof makeInstance>[1] = {},
): CtInstance[] => frames.map((frame) => makeInstance([frame], over))

/** The same things in another, fixed order. */
export const shuffled = <T>(things: readonly T[]): T[] =>
  things
    .map((thing, n) => ({ thing, key: (n * 7919 + 3) % 101 }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing)

/** Whole numbers from 0 to count − 1, times a step. */
export const steps = (count: number, step: number, from = 0): number[] =>
  Array.from({ length: count }, (_, k) => from + k * step)

/** The directions of a slice whose gantry leans by some degrees about the patient's left-right axis. */
export function leaning(degrees: number): readonly [LpsVector, LpsVector] {
  const radians = (degrees * Math.PI) / 180
  return [lpsVector(1, 0, 0), lpsVector(0, Math.cos(radians), -Math.sin(radians))]
}
