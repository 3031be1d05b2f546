import { lpsPoint, lpsVector } from '../core/geometry/lps.ts'
import { ctImageFile, type WrittenSeries } from '../dicom/write/ctImageFile.ts'
import type { WrittenStudy } from '../dicom/write/studyElements.ts'
import { uidOfWords } from '../dicom/write/uid.ts'
import { demoDoseReport, eventRole, examDose } from './examDose.ts'
import { type ExamParameters, USUAL_DEVICE } from './examParameterSchema.ts'
import { type ExamScene, examScene } from './examScene.ts'
import type { ExamTruth } from './examTruth.ts'
import { addScoutRow, type ScoutRows, scoutImage } from './localizer.ts'
import { type FieldWindow, reconstruction, wholeField } from './reconstruct.ts'
import { type ReconstructionName, reconstructionKernel } from './reconstructionKernel.ts'
import { scanSlices } from './scanSlices.ts'
import { secondExposure } from './secondExposure.ts'
import { hashWords } from './seededRandom.ts'
import { STORED_OFFSET, storeSlice } from './storedSlice.ts'
import { truthOfScene } from './truthOfScene.ts'

/** Takes one file of the exam: its path inside the exam's folder (`/` between folders) and its bytes. */
export type FileSink = (path: string, bytes: Uint8Array) => Promise<void>

/** Choices of writing. */
export interface WriteOptions {
  /** Told after each image how many of how many are written. */
  readonly onProgress?: (done: number, total: number) => void
}

/** How the reconstructions introduce themselves. */
const SERIES = {
  soft: { number: 2, folder: 'SE2', description: 'Spine QCT soft', kernel: 'STANDARD', window: [40, 400] },
  sharp: { number: 3, folder: 'SE3', description: 'Spine detail sharp', kernel: 'BONE', window: [400, 1800] },
  second: {
    number: 4,
    folder: 'SE4',
    description: 'Spine QCT soft, second kVp',
    kernel: 'STANDARD',
    window: [40, 400],
  },
} as const

const SPIRAL_CURRENT_MA = 180
const LOCALIZER_CURRENT_MA = 35
const ROTATION_MS = 500
/** Number of the series that holds the dose report. */
const DOSE_SERIES = 9

/** The sharp reconstruction shows the spine alone: half the matrix, the same pixels, as detail series usually are. */
function detailField({ acquisition: a, spine }: ExamParameters): FieldWindow {
  const [columns, rows] = [a.columns >> 1, a.rows >> 1]
  const place = (middle: number, fieldCenter: number, scanned: number, size: number) => {
    const first = (middle - fieldCenter) / a.pixelSpacingMm + (scanned - size) / 2
    return Math.min(scanned - size, Math.max(0, Math.round(first)))
  }
  return {
    column: place(spine.centerXMm, a.fieldCenterXMm, a.columns, columns),
    row: place(spine.centerYMm + 15, a.fieldCenterYMm, a.rows, rows),
    columns,
    rows,
  }
}

/**
 * Writes a digital exam as files: `dicom/` with a localizer, the main series, a sharp one of the spine, the main series
 * at a second voltage where there is one, and the dose report; beside it `params.json` and `truth.json`. The same parameters give the same bytes.
 *
 * @throws Whatever the sink throws: writing stops there.
 */
export async function writeExam(
  parameters: ExamParameters,
  write: FileSink,
  { onProgress }: WriteOptions = {},
): Promise<ExamTruth> {
  const scene = examScene(parameters)
  const { acquisition, patient, scanner } = parameters
  const { tableHeightMm, ...device } = parameters.device ?? USUAL_DEVICE
  const root = JSON.stringify(parameters)
  const uid = (role: string) => uidOfWords(hashWords(`${root}/${role}`))
  const study: WrittenStudy = {
    patient,
    studyInstanceUid: uid('study'),
    studyId: '1',
    studyDate: acquisition.studyDate,
    studyTime: '090000',
    studyDescription: parameters.phantomAlone ? 'Phantom alone, digital exam' : 'Spine QCT, digital exam',
    accessionNumber: `DEMO${parameters.seed}`.slice(0, 16),
    frameOfReferenceUid: uid('frame'),
    manufacturer: 'Trabecula',
    ...device,
    softwareVersions: '1',
  }
  const dose = examDose(parameters)
  const second = secondExposure(parameters)
  const total = (second === undefined ? 2 : 3) * acquisition.sliceCount + (dose === null ? 1 : 2)
  let done = 0
  const put: FileSink = async (path, bytes) => {
    await write(path, bytes)
    done++
    onProgress?.(done, total)
  }
  const shared = {
    study,
    bodyPartExamined: 'LSPINE',
    kvp: scanner.kvp,
    tableHeightMm,
    tubeCurrentMa: SPIRAL_CURRENT_MA,
    exposureTimeMs: ROTATION_MS,
    irradiationEventUid: uid(eventRole({ acquisitionType: 'spiral' })),
  }

  const scout: ScoutRows = { columns: acquisition.columns, pixel: acquisition.pixelSpacingMm, paths: [] }
  const soft = seriesWriter(parameters, 'soft', wholeField(parameters), shared, uid)
  const sharp = seriesWriter(parameters, 'sharp', detailField(parameters), shared, uid)
  let slice = 0
  for (const scanned of scanSlices(scene)) {
    addScoutRow(scout, scanned)
    await soft(scanned, slice, put)
    await sharp(scanned, slice, put)
    slice++
  }
  await writeScout(scene, scout, shared, uid, put)
  if (second !== undefined) {
    const { kvp } = second.scanner
    const event = { kvp, irradiationEventUid: uid(eventRole({ acquisitionType: 'spiral', kvp })) }
    const writeSecond = seriesWriter(second, 'second', wholeField(second), { ...shared, ...event }, uid)
    let index = 0
    for (const scanned of scanSlices(examScene(second))) await writeSecond(scanned, index++, put)
  }
  if (dose !== null) {
    const file = demoDoseReport(dose, {
      study,
      uid,
      seriesNumber: DOSE_SERIES,
      kvp: scanner.kvp,
      tubeCurrentMa: SPIRAL_CURRENT_MA,
      localizerCurrentMa: LOCALIZER_CURRENT_MA,
      rotationTimeS: ROTATION_MS / 1000,
    })
    await put(`dicom/SE${DOSE_SERIES}/IM0001.dcm`, file)
  }

  const truth = truthOfScene(scene)
  const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
  await write('params.json', json(parameters))
  await write('truth.json', json(truth))
  return truth
}

type SharedFacts = Pick<
  WrittenSeries,
  | 'study'
  | 'bodyPartExamined'
  | 'kvp'
  | 'tableHeightMm'
  | 'tubeCurrentMa'
  | 'exposureTimeMs'
  | 'irradiationEventUid'
>

/** Prepares a series; what it gives writes one slice of it. */
function seriesWriter(
  parameters: ExamParameters,
  name: ReconstructionName,
  window: FieldWindow,
  shared: SharedFacts,
  uid: (role: string) => string,
): (scanned: Float32Array, slice: number, put: FileSink) => Promise<void> {
  const a = parameters.acquisition
  const { number, folder, description, kernel, window: display } = SERIES[name]
  const { columns, rows } = window
  const pixel = a.pixelSpacingMm
  const series: WrittenSeries = {
    ...shared,
    seriesInstanceUid: uid(`series/${name}`),
    seriesNumber: number,
    seriesDescription: description,
    imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    convolutionKernel: kernel,
    sliceThicknessMm: a.sliceThicknessMm,
    spacingBetweenSlicesMm: a.sliceSpacingMm,
    reconstructionDiameterMm: Math.max(columns, rows) * pixel,
    rescaleType: 'HU',
    windowCenter: display[0],
    windowWidth: display[1],
  }
  const reconstruct = reconstruction(parameters, reconstructionKernel(parameters, name), window)
  const pixels = new Uint16Array(columns * rows)
  return async (scanned, slice, put) => {
    storeSlice(reconstruct(scanned, slice), pixels, 0)
    // scanned from head to feet: the lowest slice is the last image
    const instanceNumber = a.sliceCount - slice
    const file = ctImageFile({
      series,
      sopInstanceUid: uid(`image/${name}/${slice}`),
      instanceNumber,
      columns,
      rows,
      columnSpacingMm: pixel,
      rowSpacingMm: pixel,
      imagePositionPatient: lpsPoint(
        a.fieldCenterXMm + (window.column - (a.columns - 1) / 2) * pixel,
        a.fieldCenterYMm + (window.row - (a.rows - 1) / 2) * pixel,
        a.tablePositionZMm + a.scanCenterZMm + (slice - (a.sliceCount - 1) / 2) * a.sliceSpacingMm,
      ),
      imageOrientationPatient: [lpsVector(1, 0, 0), lpsVector(0, 1, 0)],
      rescaleSlope: 1,
      rescaleIntercept: -STORED_OFFSET,
      pixels,
    })
    await put(`dicom/${folder}/IM${String(instanceNumber).padStart(4, '0')}.dcm`, file)
  }
}

async function writeScout(
  { parameters: { acquisition: a } }: ExamScene,
  scout: ScoutRows,
  shared: SharedFacts,
  uid: (role: string) => string,
  put: FileSink,
): Promise<void> {
  const { columns, rows, pixels } = scoutImage(scout, a.sliceSpacingMm)
  const pixel = a.pixelSpacingMm
  const middleZ = a.tablePositionZMm + a.scanCenterZMm
  const file = ctImageFile({
    series: {
      ...shared,
      seriesInstanceUid: uid('series/localizer'),
      seriesNumber: 1,
      seriesDescription: 'Localizer AP',
      imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'],
      convolutionKernel: 'STANDARD',
      reconstructionDiameterMm: Math.max(columns, rows) * pixel,
      tubeCurrentMa: LOCALIZER_CURRENT_MA,
      irradiationEventUid: uid(eventRole({ acquisitionType: 'constant-angle' })),
      rescaleType: 'US',
      windowCenter: -50,
      windowWidth: 700,
    },
    sopInstanceUid: uid('image/localizer'),
    instanceNumber: 1,
    columns,
    rows,
    columnSpacingMm: pixel,
    rowSpacingMm: pixel,
    imagePositionPatient: lpsPoint(
      a.fieldCenterXMm - ((columns - 1) / 2) * pixel,
      a.fieldCenterYMm,
      middleZ + ((rows - 1) / 2) * pixel,
    ),
    imageOrientationPatient: [lpsVector(1, 0, 0), lpsVector(0, 0, -1)],
    rescaleSlope: 1,
    rescaleIntercept: -STORED_OFFSET,
    pixels,
  })
  await put('dicom/SE1/IM0001.dcm', file)
}
