import type { ExamParameters } from './examParameterSchema.ts'
import { blurImage, gaussianKernel } from './gaussianBlur.ts'
import { noiseField } from './noiseField.ts'
import type { ReconstructionKernel } from './reconstructionKernel.ts'

/** A part of the scanned matrix: its first column and row, and its size in pixels. */
export interface FieldWindow {
  readonly column: number
  readonly row: number
  readonly columns: number
  readonly rows: number
}

/** Turns the scanned slice of an index into a reconstructed one, in HU; the result is reused for the next one. */
export type Reconstruction = (scanned: Float32Array, slice: number) => Float32Array

/**
 * Prepares one reconstruction of a scan: point spread, edge enhancement and noise of a kernel, on a part of the matrix.
 */
export function reconstruction(
  { acquisition, seed }: ExamParameters,
  kernel: ReconstructionKernel,
  window: FieldWindow,
): Reconstruction {
  const { columns: scannedColumns, pixelSpacingMm: pixel, sliceSpacingMm, sliceThicknessMm } = acquisition
  const { columns, rows } = window
  // the pixel's own aperture is already in the scanned slice, so only the rest of the point spread is added
  const aperture = pixel ** 2 / 12
  const blur = gaussianKernel(Math.sqrt(Math.max(0, kernel.blurSigmaMm ** 2 - aperture)) / pixel)
  const halo = kernel.overshoot > 0 ? gaussianKernel(kernel.haloSigmaMm / pixel) : undefined
  const noise = noiseField(
    `${seed}/noise/${kernel.name}`,
    { sdHu: kernel.noiseSdHu, grainMm: kernel.grainMm },
    columns,
    rows,
    pixel,
    sliceSpacingMm / sliceThicknessMm,
  )
  const image = new Float32Array(columns * rows)
  const smooth = new Float32Array(halo === undefined ? 0 : columns * rows)
  return (scanned, slice) => {
    for (let row = 0; row < rows; row++) {
      const from = (row + window.row) * scannedColumns + window.column
      image.set(scanned.subarray(from, from + columns), row * columns)
    }
    blurImage(image, columns, rows, blur, false)
    if (halo !== undefined) {
      smooth.set(image)
      blurImage(smooth, columns, rows, halo, false)
      for (let at = 0; at < image.length; at++)
        image[at] = image[at]! + kernel.overshoot * (image[at]! - smooth[at]!)
    }
    noise.addTo(image, slice)
    return image
  }
}

/** The whole scanned matrix. */
export const wholeField = ({ acquisition: { columns, rows } }: ExamParameters): FieldWindow => ({
  column: 0,
  row: 0,
  columns,
  rows,
})
