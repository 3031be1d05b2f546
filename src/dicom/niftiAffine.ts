import type { NIFTI1, NIFTI2 } from 'nifti-reader-js'
import { QctError } from '../core/errors.ts'
import { type LpsVector, lpsPoint, lpsVector } from '../core/geometry/lps.ts'
import { cross, dot, normalize, reject, scale } from '../core/geometry/vector.ts'
import type { VolumeGeometry } from '../core/geometry/volumeGeometry.ts'

/** Rows x, y, z of the matrix that takes column, row, slice, 1 to millimetres, x to the right or left as the file says. */
type Affine = readonly (readonly [number, number, number, number])[]

/** Where the sform's three rows of four numbers begin, and their size in bytes. */
const SFORM = { 1: { offset: 280, bytes: 4 }, 2: { offset: 400, bytes: 8 } } as const
/** Perpendicular within the rounding of float32 cosines: 0.1 mm over half a metre. */
const SQUARE_WITHIN = 2e-4
/** Sform and qform of one exam differ by rounding only; a millimetre is another alignment. */
const FORMS_AGREE_WITHIN_MM = 1

/** The grid of a NIfTI file in LPS, and whether its two statements of it differ. */
export interface NiftiGeometry {
  readonly geometry: VolumeGeometry
  readonly formsDiffer: boolean
}

/**
 * The grid of a NIfTI volume in the patient's world. NIfTI counts x to the right and y to the front, LPS the other way
 * round, so those two rows change sign; the voxels stay in their order, whatever way the axes run.
 *
 * The sform is taken when it is set, else the qform.
 *
 * @throws {QctError} `NIFTI_ORIENTATION_MISSING`; `NIFTI_AXES_SKEWED`; `NIFTI_DAMAGED` for voxels without size.
 * @see https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h, methods 2 and 3
 */
export function niftiGeometryOf(
  header: NIFTI1 | NIFTI2,
  version: 1 | 2,
  bytes: DataView,
  size: readonly [number, number, number],
): NiftiGeometry {
  const unit = { 1: 1000, 3: 0.001 }[header.xyzt_units & 7] ?? 1 // metres, micrometres; else millimetres
  const sform = header.sform_code > 0 ? sformOf(header, version, bytes) : undefined
  const qform = header.qform_code > 0 ? qformOf(header) : undefined
  const affine = sform ?? qform
  if (affine === undefined) throw new QctError('NIFTI_ORIENTATION_MISSING', {})
  const formsDiffer =
    sform !== undefined && qform !== undefined && farthest(sform, qform, size) * unit > FORMS_AGREE_WITHIN_MM
  return { geometry: gridOf(affine, unit, size), formsDiffer }
}

function sformOf(header: NIFTI1 | NIFTI2, version: 1 | 2, view: DataView): Affine {
  const { offset, bytes } = SFORM[version]
  const at = (row: number, column: number) => {
    const position = offset + (row * 4 + column) * bytes
    return bytes === 4
      ? view.getFloat32(position, header.littleEndian)
      : view.getFloat64(position, header.littleEndian)
  }
  return [0, 1, 2].map((row) => [at(row, 0), at(row, 1), at(row, 2), at(row, 3)] as const)
}

function qformOf(header: NIFTI1 | NIFTI2): Affine {
  const { quatern_b: b0, quatern_c: c0, quatern_d: d0 } = header
  // rounding can make b, c, d longer than 1, where a would be imaginary
  const length = Math.max(1, Math.hypot(b0, c0, d0))
  const [b, c, d] = [b0 / length, c0 / length, d0 / length]
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d))
  const [handedness, di = 0, dj = 0, dk0 = 0] = header.pixDims
  const dk = handedness !== undefined && handedness < 0 ? -dk0 : dk0
  return [
    [
      (a * a + b * b - c * c - d * d) * di,
      2 * (b * c - a * d) * dj,
      2 * (b * d + a * c) * dk,
      header.qoffset_x,
    ],
    [
      2 * (b * c + a * d) * di,
      (a * a + c * c - b * b - d * d) * dj,
      2 * (c * d - a * b) * dk,
      header.qoffset_y,
    ],
    [
      2 * (b * d - a * c) * di,
      2 * (c * d + a * b) * dj,
      (a * a + d * d - b * b - c * c) * dk,
      header.qoffset_z,
    ],
  ]
}

/** The largest distance between where two affines put a corner of the grid. */
function farthest(one: Affine, other: Affine, [ni, nj, nk]: readonly [number, number, number]): number {
  let largest = 0
  for (let corner = 0; corner < 8; corner++) {
    const index = [corner & 1 ? ni - 1 : 0, corner & 2 ? nj - 1 : 0, corner & 4 ? nk - 1 : 0, 1]
    const gaps = one.map((row, r) =>
      row.reduce((sum, value, n) => sum + (value - (other[r]?.[n] ?? 0)) * (index[n] ?? 0), 0),
    )
    largest = Math.max(largest, Math.hypot(...gaps))
  }
  return largest
}

function gridOf(affine: Affine, unit: number, size: readonly [number, number, number]): VolumeGeometry {
  const [x, y, z] = affine
  if (!x || !y || !z) throw new QctError('NIFTI_ORIENTATION_MISSING', {})
  const column = (n: 0 | 1 | 2 | 3) => [-x[n] * unit, -y[n] * unit, z[n] * unit] as const
  const steps = [column(0), column(1), column(2)] as const
  const spacing = steps.map((step) => Math.hypot(...step)) as unknown as [number, number, number]
  if (!spacing.every((length) => Number.isFinite(length) && length > 0) || !column(3).every(Number.isFinite))
    throw new QctError('NIFTI_DAMAGED', { found: 'voxel size' })
  const [i, j, k] = steps.map((step, n) => {
    const length = spacing[n] as number
    return lpsVector(step[0] / length, step[1] / length, step[2] / length)
  }) as [LpsVector, LpsVector, LpsVector]
  const cosine = Math.max(Math.abs(dot(i, j)), Math.abs(dot(i, k)), Math.abs(dot(j, k)))
  if (cosine > SQUARE_WITHIN)
    throw new QctError('NIFTI_AXES_SKEWED', { degrees: (Math.asin(Math.min(1, cosine)) * 180) / Math.PI })
  // what is left of skew is rounding: i is kept, j made square to it, k square to both on its own side
  const square = normalize(reject(j, i))
  const normal = cross(i, square)
  return {
    size,
    origin: lpsPoint(...(column(3) as [number, number, number])),
    spacing,
    axes: [i, square, scale(normal, dot(normal, k) < 0 ? -1 : 1)],
  }
}
