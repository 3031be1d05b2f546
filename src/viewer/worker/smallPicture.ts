import { cross, translate } from '../../core/geometry/vector.ts'
import { hu, mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { PALETTE } from '../../core/volume/picture/color.ts'
import { greyPicture } from '../../core/volume/picture/greyPicture.ts'
import { reslicePlane } from '../../core/volume/reslice.ts'
import type { CtFrame } from '../../dicom/ctStudy.ts'
import type { SmallPicture } from './examWorkerApi.ts'

/** Soft tissue with bone still grey: one window in which every part of the trunk can be told. */
const WINDOW = { center: hu(60), width: hu(600) }

/**
 * A grey picture of one slice as it lies in its file, at most `longest` pixels a side.
 * Only for looking; nothing is measured on it.
 *
 * @throws {QctError} The decoder's codes.
 */
export async function slicePicture(frame: CtFrame, longest: number): Promise<SmallPicture> {
  const { columns, rows, rescaleSlope, rescaleIntercept, padding } = frame
  const voxels =
    frame.pixelRepresentation === 'signed' ? new Int16Array(columns * rows) : new Uint16Array(columns * rows)
  await frame.decodeInto(voxels)
  const [right, down] = frame.imageOrientationPatient
  const volume: CtVolume = {
    quantity: 'HU',
    voxels,
    rescale: { slope: rescaleSlope, intercept: hu(rescaleIntercept) },
    geometry: {
      size: [columns, rows, 1],
      origin: frame.imagePositionPatient,
      spacing: [frame.columnSpacing, frame.rowSpacing, 1],
      axes: [right, down, cross(right, down)],
    },
    ...(padding === undefined ? {} : { padding }),
  }
  const widthMm = columns * frame.columnSpacing
  const heightMm = rows * frame.rowSpacing
  const pixelSpacing = Math.max(widthMm, heightMm) / Math.min(longest, Math.max(columns, rows))
  const center = translate(
    translate(frame.imagePositionPatient, right, (widthMm - frame.columnSpacing) / 2),
    down,
    (heightMm - frame.rowSpacing) / 2,
  )
  const image = reslicePlane(
    volume,
    { center, right, down },
    {
      pixelSpacing: mm(pixelSpacing),
      width: Math.max(1, Math.round(widthMm / pixelSpacing)),
      height: Math.max(1, Math.round(heightMm / pixelSpacing)),
    },
  )
  const { width, height, rgba } = greyPicture(image, WINDOW, PALETTE.background)
  return { width, height, rgba: new Uint8ClampedArray(rgba) }
}
