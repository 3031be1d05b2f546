import { isNIFTI, isNIFTI1, NIFTI1, NIFTI2, readHeader } from 'nifti-reader-js'
import { QctError, type QctWarning, qctWarning } from '../core/errors.ts'
import { hu } from '../core/units.ts'
import type { CtVolume } from '../core/volume/ctVolume.ts'
import type { NamedBlob } from './namedBlob.ts'
import { niftiGeometryOf } from './niftiAffine.ts'
import { niftiVoxels, voxelTypeOf } from './niftiVoxels.ts'

/** A NIfTI volume, and the doubts reading it raised. It says nothing of tube voltage, kernel or patient. */
export interface NiftiCt {
  readonly volume: CtVolume
  readonly warnings: readonly QctWarning[]
}

const LONGEST_HEADER = 540
const MIB = 1024 * 1024
const LARGEST = 4096 * MIB
/** gzip cannot pack denser: a header that claims more than this many times its file lies. */
const GZIP_DENSEST = 1040

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8

/** Whether a file is a NIfTI volume, by its first bytes, packed by gzip or not. Reads no voxel. */
export async function isNifti(blob: Blob): Promise<boolean> {
  try {
    return isNIFTI((await firstBytes(blob)).buffer, true)
  } catch {
    return false // not even the first bytes can be had
  }
}

async function unpacked(blob: Blob): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const start = new Uint8Array(await blob.slice(0, 3).arrayBuffer())
  return isGzip(start) ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream()
}

/** As much of the unpacked file as a header can need. */
async function firstBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const start = new Uint8Array(await blob.slice(0, LONGEST_HEADER).arrayBuffer())
  if (!isGzip(start)) return start
  const bytes = new Uint8Array(LONGEST_HEADER)
  let length = 0
  const reader = (await unpacked(blob)).getReader()
  while (length < LONGEST_HEADER) {
    const { value, done } = await reader.read()
    if (done) break
    const piece = value.subarray(0, LONGEST_HEADER - length)
    bytes.set(piece, length)
    length += piece.length
  }
  await reader.cancel().catch(() => {}) // the rest is read again when voxels are wanted
  return bytes.slice(0, length)
}

/**
 * Reads a NIfTI-1 or NIfTI-2 volume (`.nii`, `.nii.gz`) as a CT: voxels as stored, with the file's own scale as
 * slope and intercept, on its grid turned from NIfTI's right–anterior–superior to LPS.
 *
 * Voxels that are no finite number become padding.
 *
 * @throws {QctError} `NIFTI_DAMAGED`, `NIFTI_UNSUPPORTED`, `NIFTI_ORIENTATION_MISSING`, `NIFTI_AXES_SKEWED`,
 *   `NIFTI_TOO_LARGE`; `FILE_UNREADABLE`.
 * @see https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h
 */
export async function readNifti(file: NamedBlob): Promise<NiftiCt> {
  if (file.error !== undefined) throw file.error
  try {
    return await read(file.blob)
  } catch (cause) {
    if (cause instanceof QctError) throw cause
    if (cause instanceof DOMException)
      throw new QctError('FILE_UNREADABLE', { reason: cause.name }, { cause })
    throw new QctError('NIFTI_DAMAGED', { found: 'header or stream' }, { cause })
  }
}

async function read(blob: Blob): Promise<NiftiCt> {
  const bytes = await firstBytes(blob)
  if (!isNIFTI(bytes.buffer, true)) throw new QctError('NIFTI_DAMAGED', { found: 'no NIfTI header' })
  // given no more than the header, the library looks for no extensions
  if (!isNIFTI(bytes.buffer))
    throw new QctError('NIFTI_UNSUPPORTED', { found: 'a header apart from its image' })
  const version = isNIFTI1(bytes.buffer) ? 1 : 2
  const length = version === 1 ? NIFTI1.STANDARD_HEADER_SIZE : NIFTI2.MAGIC_COOKIE
  const own = bytes.slice(0, length)
  const header = readHeader(own.buffer)
  const size = sizeOf(header)
  const { geometry, formsDiffer } = niftiGeometryOf(header, version, new DataView(own.buffer), size)

  const type = voxelTypeOf(header.datatypeCode)
  const count = size[0] * size[1] * size[2]
  const [start, needed] = [Number(header.vox_offset), count * type.bytes]
  if (!Number.isSafeInteger(start) || start < length)
    throw new QctError('NIFTI_DAMAGED', { found: 'voxel offset' })
  if (needed > LARGEST)
    throw new QctError('NIFTI_TOO_LARGE', { claimedMib: Math.ceil(needed / MIB), limitMib: LARGEST / MIB })
  const most = isGzip(new Uint8Array(await blob.slice(0, 3).arrayBuffer()))
    ? blob.size * GZIP_DENSEST
    : blob.size
  if (start + needed > most) throw new QctError('NIFTI_DAMAGED', { found: 'fewer voxels than stated' })

  const { voxels, padding, gaps } = await niftiVoxels(
    await unpacked(blob),
    start,
    count,
    type,
    header.littleEndian,
  )
  const { slope, intercept } = scaleOf(header)
  return {
    volume: {
      quantity: 'HU',
      voxels,
      rescale: { slope, intercept: hu(intercept) },
      geometry,
      ...(padding && { padding }),
    },
    warnings: [
      ...(formsDiffer ? [qctWarning('NIFTI_FORMS_DIFFER', {})] : []),
      ...(gaps > 0 ? [qctWarning('NIFTI_NOT_FINITE', { voxels: gaps })] : []),
    ],
  }
}

function sizeOf(header: NIFTI1 | NIFTI2): readonly [number, number, number] {
  const [dimensions = 0, ...sizes] = header.dims.map(Number)
  const extra = sizes.slice(3, Math.max(3, dimensions))
  if (dimensions < 3 || dimensions > 7 || extra.some((size) => size > 1))
    throw new QctError('NIFTI_UNSUPPORTED', { found: `${dimensions} dimensions` })
  const [ni = 0, nj = 0, nk = 0] = sizes
  if (![ni, nj, nk].every((size) => Number.isSafeInteger(size) && size > 0))
    throw new QctError('NIFTI_DAMAGED', { found: 'volume size' })
  return [ni, nj, nk]
}

/** A slope of zero, or one that is no number, says that the voxels are not scaled. */
function scaleOf(header: NIFTI1 | NIFTI2): { readonly slope: number; readonly intercept: number } {
  const { scl_slope: slope, scl_inter: intercept } = header
  const isScaled = Number.isFinite(slope) && slope !== 0
  return isScaled
    ? { slope, intercept: Number.isFinite(intercept) ? intercept : 0 }
    : { slope: 1, intercept: 0 }
}
