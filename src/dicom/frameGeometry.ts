import { QctError } from '../core/errors.ts'
import { type LpsPoint, type LpsVector, lpsPoint, lpsVector } from '../core/geometry/lps.ts'
import { type Mm, mm } from '../core/units.ts'
import { forMessage, numbersOf, textOf } from './attributes.ts'
import type { FrameAttributes } from './functionalGroups.ts'
import { TAG } from './tags.ts'

/** Where a frame lies in the patient, and how its stored values become CT numbers. */
export interface FrameGeometry {
  readonly imagePositionPatient: LpsPoint
  readonly imageOrientationPatient: readonly [LpsVector, LpsVector]
  readonly columnSpacing: Mm
  readonly rowSpacing: Mm
  readonly rescaleSlope: number
  readonly rescaleIntercept: number
}

/** Direction cosines are written with few decimals; what is further from unit length or a right angle is wrong. */
const COSINE_TOLERANCE = 0.01

/**
 * Position, orientation, pixel spacing and rescale of one frame.
 *
 * @throws {QctError} `HEADER_VALUE_INVALID` when one is absent, no number, or impossible; `RESCALE_MISSING`.
 * @see DICOM PS3.3 C.7.6.2.1.1, C.8.2.1, C.7.6.16.2
 */
export function frameGeometryOf(frame: FrameAttributes): FrameGeometry {
  const numbers = (tag: string, count: number, attribute: string): readonly number[] => {
    const place = frame.holding(tag)
    const values = numbersOf(place, tag)
    if (values.length !== count || !values.every(Number.isFinite))
      throw new QctError('HEADER_VALUE_INVALID', { attribute, found: forMessage(textOf(place, tag)) })
    return values
  }
  const [x, y, z] = numbers(TAG.imagePositionPatient, 3, 'Image Position (Patient)') as [
    number,
    number,
    number,
  ]
  const cosines = numbers(TAG.imageOrientationPatient, 6, 'Image Orientation (Patient)')
  const [rowSpacing, columnSpacing] = numbers(TAG.pixelSpacing, 2, 'Pixel Spacing') as [number, number]
  if (!(rowSpacing > 0 && columnSpacing > 0))
    throw new QctError('HEADER_VALUE_INVALID', {
      attribute: 'Pixel Spacing',
      found: `${rowSpacing}, ${columnSpacing}`,
    })
  const [slope, intercept] = [
    numbersOf(frame.holding(TAG.rescaleSlope), TAG.rescaleSlope)[0],
    numbersOf(frame.holding(TAG.rescaleIntercept), TAG.rescaleIntercept)[0],
  ]
  if (slope === undefined || intercept === undefined) throw new QctError('RESCALE_MISSING', {})
  if (!Number.isFinite(slope) || !Number.isFinite(intercept) || slope === 0)
    throw new QctError('HEADER_VALUE_INVALID', {
      attribute: 'Rescale Slope, Rescale Intercept',
      found: `${slope}, ${intercept}`,
    })
  return {
    imagePositionPatient: lpsPoint(x, y, z),
    imageOrientationPatient: directions(cosines),
    columnSpacing: mm(columnSpacing),
    rowSpacing: mm(rowSpacing),
    rescaleSlope: slope,
    rescaleIntercept: intercept,
  }
}

/** Both directions with exact unit length. A small lack of squareness is left to the judge of the geometry. */
function directions(cosines: readonly number[]): readonly [LpsVector, LpsVector] {
  const [a, b, c, d, e, f] = cosines as [number, number, number, number, number, number]
  const [row, column] = [Math.hypot(a, b, c), Math.hypot(d, e, f)]
  const cosine = (a * d + b * e + c * f) / (row * column)
  const isSound = [row - 1, column - 1, cosine].every((fault) => Math.abs(fault) <= COSINE_TOLERANCE)
  if (!isSound)
    throw new QctError('HEADER_VALUE_INVALID', {
      attribute: 'Image Orientation (Patient)',
      found: cosines.join(', '),
    })
  return [lpsVector(a / row, b / row, c / row), lpsVector(d / column, e / column, f / column)]
}
