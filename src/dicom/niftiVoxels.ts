import { QctError } from '../core/errors.ts'
import type { StoredVoxels } from '../core/volume/ctVolume.ts'

/** How the voxels of a NIfTI file are written, and as what they are kept. */
export interface NiftiVoxelType {
  readonly bytes: 1 | 2 | 4 | 8
  /** Kept as they are, without a copy. */
  readonly kept?: 'int16' | 'uint16' | 'float32'
  /** Reads voxel `n` of the raw bytes, for types that are converted. */
  readonly read: (view: DataView, offset: number, isLittle: boolean) => number
}

/** Datatype codes of nifti1.h. Complex, colour and 128-bit voxels are no CT. */
const TYPES: Readonly<Record<number, NiftiVoxelType>> = {
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  4: { bytes: 2, kept: 'int16', read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  8: { bytes: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
  16: { bytes: 4, kept: 'float32', read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  64: { bytes: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
  256: { bytes: 1, read: (view, at) => view.getInt8(at) },
  512: { bytes: 2, kept: 'uint16', read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  768: { bytes: 4, read: (view, at, isLittle) => view.getUint32(at, isLittle) },
  1024: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)) },
  1280: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)) },
}

/**
 * How voxels of a NIfTI datatype are read.
 *
 * @throws {QctError} `NIFTI_UNSUPPORTED` for complex, colour and 128-bit voxels.
 */
export function voxelTypeOf(datatype: number): NiftiVoxelType {
  const type = TYPES[datatype]
  if (type === undefined) throw new QctError('NIFTI_UNSUPPORTED', { found: `voxels of datatype ${datatype}` })
  return type
}

/** Far below any CT number, and exact in float32. */
const NOT_FINITE = -100_000

/** The voxels of a file, with the value that stands for those that were no finite number. */
export interface NiftiVoxels {
  readonly voxels: StoredVoxels
  readonly padding?: { readonly low: number; readonly high: number }
  /** Voxels that were no finite number. */
  readonly gaps: number
}

/**
 * Reads voxels from a byte stream into one array. 16-bit and float32 voxels go straight into it; other types are kept
 * as Int16 where they all fit, else as Float32.
 *
 * @param start - Bytes before the first voxel.
 * @throws {QctError} `NIFTI_DAMAGED` when the stream ends early.
 */
export async function niftiVoxels(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  start: number,
  count: number,
  type: NiftiVoxelType,
  isLittle: boolean,
): Promise<NiftiVoxels> {
  const raw = await rangeOf(stream, start, count * type.bytes)
  const view = new DataView(raw.buffer)
  if (type.kept !== undefined) {
    if (!isLittle) swapBytes(raw, type.bytes)
    if (type.kept === 'int16') return { voxels: new Int16Array(raw.buffer), gaps: 0 }
    if (type.kept === 'uint16') return { voxels: new Uint16Array(raw.buffer), gaps: 0 }
    return withoutGaps(new Float32Array(raw.buffer))
  }
  let isShort = true
  for (let n = 0; n < count && isShort; n++) {
    const value = type.read(view, n * type.bytes, isLittle)
    isShort = Number.isInteger(value) && value >= -32_768 && value <= 32_767
  }
  const voxels = isShort ? new Int16Array(count) : new Float32Array(count)
  for (let n = 0; n < count; n++) voxels[n] = type.read(view, n * type.bytes, isLittle)
  return voxels instanceof Float32Array ? withoutGaps(voxels) : { voxels, gaps: 0 }
}

function withoutGaps(voxels: Float32Array): NiftiVoxels {
  let gaps = 0
  for (let n = 0; n < voxels.length; n++)
    if (!Number.isFinite(voxels[n])) {
      voxels[n] = NOT_FINITE
      gaps += 1
    }
  return gaps === 0 ? { voxels, gaps } : { voxels, padding: { low: NOT_FINITE, high: NOT_FINITE }, gaps }
}

async function rangeOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>, start: number, length: number) {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = new Uint8Array(length)
  } catch (cause) {
    const mib = Math.ceil(length / 1_048_576)
    throw new QctError('NIFTI_TOO_LARGE', { claimedMib: mib, limitMib: 0 }, { cause })
  }
  const reader = stream.getReader()
  let position = 0
  let filled = 0
  while (filled < length) {
    const { value, done } = await reader.read()
    if (done) throw new QctError('NIFTI_DAMAGED', { found: 'fewer voxels than stated' })
    const piece = value.subarray(Math.max(0, start - position), Math.max(0, start + length - position))
    position += value.length
    bytes.set(piece, filled)
    filled += piece.length
  }
  await readToEnd(reader)
  return bytes
}

/** Reads the rest, so that a packed stream proves its checksum. */
async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<void> {
  for (let piece = await reader.read(); !piece.done; piece = await reader.read());
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width)
    for (let [low, high] = [at, at + width - 1]; low < high; low++, high--) {
      const byte = bytes[low] as number
      bytes[low] = bytes[high] as number
      bytes[high] = byte
    }
}
