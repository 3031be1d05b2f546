import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import type { DataElement } from './dataElement.ts'
import { part10File } from './part10File.ts'
import { dicomDate, studyElements, type WrittenStudy } from './studyElements.ts'

/** What all images of one series share. */
export interface WrittenSeries {
  readonly study: WrittenStudy
  readonly seriesInstanceUid: string
  readonly seriesNumber: number
  readonly seriesDescription: string
  readonly bodyPartExamined: string
  readonly imageType: readonly string[]
  readonly kvp: number
  readonly convolutionKernel: string
  /** Absent for a localizer. */
  readonly sliceThicknessMm?: number
  readonly spacingBetweenSlicesMm?: number
  readonly reconstructionDiameterMm: number
  readonly tableHeightMm: number
  readonly tubeCurrentMa: number
  readonly exposureTimeMs: number
  /** Irradiation event of the images, by which a dose report's event is found; absent: not written. */
  readonly irradiationEventUid?: string
  /** `HU`; `US` (unspecified) for a localizer, whose values are no CT numbers. */
  readonly rescaleType: 'HU' | 'US'
  readonly windowCenter: number
  readonly windowWidth: number
}

/** One CT image. */
export interface WrittenCtImage {
  readonly series: WrittenSeries
  readonly sopInstanceUid: string
  readonly instanceNumber: number
  readonly columns: number
  readonly rows: number
  /** Distance of neighbouring columns and of neighbouring rows, in mm. */
  readonly columnSpacingMm: number
  readonly rowSpacingMm: number
  readonly imagePositionPatient: LpsPoint
  readonly imageOrientationPatient: readonly [LpsVector, LpsVector]
  readonly rescaleSlope: number
  readonly rescaleIntercept: number
  /** Stored values, row by row, each from 0 to 4095. */
  readonly pixels: Uint16Array
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2'

/** What an image says of its study beyond what every object does. */
function imageStudyElements(study: WrittenStudy): DataElement[] {
  const date = dicomDate(study.studyDate)
  return [
    [0x00080021, 'DA', date],
    [0x00080022, 'DA', date],
    [0x00080023, 'DA', date],
    [0x00080031, 'TM', study.studyTime],
    [0x00080032, 'TM', study.studyTime],
    [0x00080033, 'TM', study.studyTime],
    [0x00200052, 'UI', study.frameOfReferenceUid],
    [0x00201040, 'LO', ''],
  ]
}

function seriesElements(series: WrittenSeries): DataElement[] {
  const elements: DataElement[] = [
    ...studyElements(series.study),
    ...imageStudyElements(series.study),
    [0x00080008, 'CS', series.imageType],
    [0x00080016, 'UI', CT_IMAGE_STORAGE],
    [0x00080060, 'CS', 'CT'],
    [0x0008103e, 'LO', series.seriesDescription],
    [0x00180015, 'CS', series.bodyPartExamined],
    [0x00180022, 'CS', 'HELICAL MODE'],
    [0x00180050, 'DS', series.sliceThicknessMm ?? []],
    [0x00180060, 'DS', series.kvp],
    [0x00181100, 'DS', series.reconstructionDiameterMm],
    [0x00181120, 'DS', 0],
    [0x00181130, 'DS', series.tableHeightMm],
    [0x00181150, 'IS', series.exposureTimeMs],
    [0x00181151, 'IS', series.tubeCurrentMa],
    [0x00181152, 'IS', Math.round((series.tubeCurrentMa * series.exposureTimeMs) / 1000)],
    [0x00181210, 'SH', series.convolutionKernel],
    [0x00185100, 'CS', 'HFS'],
    [0x0020000e, 'UI', series.seriesInstanceUid],
    [0x00200011, 'IS', series.seriesNumber],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280100, 'US', 16],
    [0x00280101, 'US', 12],
    [0x00280102, 'US', 11],
    [0x00280103, 'US', 0],
    [0x00280301, 'CS', 'NO'],
    [0x00281050, 'DS', series.windowCenter],
    [0x00281051, 'DS', series.windowWidth],
    [0x00281054, 'LO', series.rescaleType],
    [0x00282110, 'CS', '00'],
  ]
  if (series.irradiationEventUid !== undefined) elements.push([0x00083010, 'UI', series.irradiationEventUid])
  if (series.spacingBetweenSlicesMm !== undefined)
    elements.push([0x00180088, 'DS', series.spacingBetweenSlicesMm])
  return elements
}

/**
 * Forms the DICOM file of one CT image: CT Image Storage, explicit VR little endian, 12 unsigned bits in 16.
 *
 * @throws {RangeError} When the pixels do not fill the image, or a value cannot be encoded.
 * @see DICOM PS3.3 A.3 (CT Image IOD)
 */
export function ctImageFile(image: WrittenCtImage): Uint8Array {
  if (image.pixels.length !== image.columns * image.rows)
    throw new RangeError('the pixels of a CT image must fill its rows and columns')
  const [row, column] = image.imageOrientationPatient
  const bytes = new Uint8Array(image.pixels.buffer, image.pixels.byteOffset, image.pixels.byteLength)
  return part10File([
    ...seriesElements(image.series),
    [0x00080018, 'UI', image.sopInstanceUid],
    [0x00200012, 'IS', image.series.seriesNumber],
    [0x00200013, 'IS', image.instanceNumber],
    [0x00200032, 'DS', [...image.imagePositionPatient]],
    [0x00200037, 'DS', [...row, ...column]],
    [0x00201041, 'DS', image.imagePositionPatient[2]],
    [0x00280010, 'US', image.rows],
    [0x00280011, 'US', image.columns],
    [0x00280030, 'DS', [image.rowSpacingMm, image.columnSpacingMm]],
    [0x00281052, 'DS', image.rescaleIntercept],
    [0x00281053, 'DS', image.rescaleSlope],
    [0x7fe00010, 'OW', bytes],
  ])
}
