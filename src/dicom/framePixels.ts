import { QctError } from '../core/errors.ts'
import { bytesOf, forMessage } from './attributes.ts'
import type { ByteSource } from './byteSource.ts'
import { decodeFrame } from './decodeFrame.ts'
import { type ByteRange, encapsulatedFrames } from './encapsulatedFrames.ts'
import type { PixelLayout } from './pixelLayout.ts'
import type { FileHeader } from './readHeader.ts'
import { TAG } from './tags.ts'
import type { PixelCodec } from './transferSyntax.ts'

/** Decodes the stored pixels of one frame of a file into `target` (rows × columns, row by row). Fails by code alone. */
export type FrameDecoder = (frame: number, target: Int16Array | Uint16Array | Float32Array) => Promise<void>

const UNDEFINED_LENGTH = 0xffff_ffff

/**
 * Says how to get at the pixels of a file's frames, after checking what the header promises against the file.
 * Neither reads pixels nor allocates for them.
 *
 * @throws {QctError} `PIXELS_MISSING`, `TRANSFER_SYNTAX_UNSUPPORTED`; `PIXELS_SHORT` when fewer bytes are there than
 *   rows × columns × frames need.
 */
export function framePixels(header: FileHeader, layout: PixelLayout, frames: number): FrameDecoder {
  const { source, pixelData, preamble } = header
  const { codec, uid, encoding } = preamble.transferSyntax
  if (codec === undefined) throw new QctError('TRANSFER_SYNTAX_UNSUPPORTED', { uid: forMessage(uid) })
  if (pixelData === undefined) throw new QctError('PIXELS_MISSING', {})
  const start = pixelData.dataOffset
  const isEncapsulated = pixelData.length === UNDEFINED_LENGTH
  if (codec === 'native') {
    if (isEncapsulated)
      throw new QctError('PIXELS_SHORT', { found: 0, required: frameBytes(layout) * frames })
    const found = Math.min(pixelData.length, source.size - start)
    const required = frameBytes(layout) * frames
    if (found < required) throw new QctError('PIXELS_SHORT', { found, required })
    const isSwapped = encoding === 'explicit-be' && layout.bitsAllocated === 16
    return coded(releasing(nativeDecoder(source, start, layout, isSwapped), source, frames))
  }
  if (!isEncapsulated) throw new QctError('FRAMES_INCONSISTENT', { announced: frames, found: 0 })
  const decode = encapsulatedDecoder(source, start, layout, codec, frames, extendedOffsetsOf(header, frames))
  return coded(releasing(decode, source, frames))
}

/** A file that cannot be read any more, between its header and its pixels, fails by code like all else. */
const coded =
  (decode: FrameDecoder): FrameDecoder =>
  async (frame, target) => {
    try {
      await decode(frame, target)
    } catch (cause) {
      throw cause instanceof DOMException
        ? new QctError('FILE_UNREADABLE', { reason: cause.name }, { cause })
        : cause
    }
  }

/** Lets go of a file's kept bytes when each of its frames was decoded and none is being decoded a second time. */
function releasing(decode: FrameDecoder, { release }: ByteSource, frames: number): FrameDecoder {
  if (release === undefined) return decode
  const left = new Set(Array.from({ length: frames }, (_, n) => n))
  let running = 0
  return async (frame, target) => {
    running++
    try {
      await decode(frame, target)
      left.delete(frame)
    } finally {
      running--
      if (left.size === 0 && running === 0) release()
    }
  }
}

const frameBytes = ({ rows, columns, bitsAllocated }: PixelLayout) => rows * columns * (bitsAllocated / 8)

function nativeDecoder(
  source: ByteSource,
  start: number,
  layout: PixelLayout,
  isSwapped: boolean,
): FrameDecoder {
  const length = frameBytes(layout)
  return async (frame, target) => {
    const from = start + frame * length
    if (source.readInto !== undefined && !isSwapped && isStoredAs(layout, target))
      return source.readInto(from, new Uint8Array(target.buffer, target.byteOffset, length))
    const bytes = await source.read(from, from + length)
    if (bytes.length < length) throw new QctError('PIXELS_SHORT', { found: bytes.length, required: length })
    await decodeFrame('native', bytes, layout, target, isSwapped)
  }
}

/** Typed arrays keep numbers in the byte order of the machine; files are little endian. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Whether the bytes of a frame are already what `target` holds, so that they need no work on their way. */
function isStoredAs(
  { bitsStored, pixelRepresentation, rows, columns }: PixelLayout,
  target: ArrayBufferView,
): boolean {
  const fits = target instanceof (pixelRepresentation === 'signed' ? Int16Array : Uint16Array)
  return IS_LITTLE_ENDIAN && fits && bitsStored === 16 && target.byteLength >= rows * columns * 2
}

function encapsulatedDecoder(
  source: ByteSource,
  start: number,
  layout: PixelLayout,
  codec: PixelCodec,
  frames: number,
  extended: readonly number[],
): FrameDecoder {
  let placed: Promise<readonly (readonly ByteRange[])[]> | undefined
  return async (frame, target) => {
    placed ??= encapsulatedFrames(source, start, frames, extended)
    const ranges = (await placed)[frame]
    if (ranges === undefined) throw new QctError('FRAMES_INCONSISTENT', { announced: frames, found: frame })
    await decodeFrame(codec, await joined(source, ranges), layout, target)
  }
}

async function joined(source: ByteSource, ranges: readonly ByteRange[]): Promise<Uint8Array> {
  const only = ranges.length === 1 ? ranges[0] : undefined
  if (only !== undefined) return source.read(only.start, only.end)
  const bytes = new Uint8Array(ranges.reduce((sum, { start, end }) => sum + end - start, 0))
  let position = 0
  for (const { start, end } of ranges) {
    bytes.set(await source.read(start, end), position)
    position += end - start
  }
  return bytes
}

/** The 64-bit offsets of the Extended Offset Table; empty when absent or of another length than the frames need. */
function extendedOffsetsOf({ attributes }: FileHeader, frames: number): readonly number[] {
  const bytes = bytesOf(attributes, TAG.extendedOffsetTable)
  if (bytes === undefined || bytes.length !== frames * 8) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: frames }, (_, n) => Number(view.getBigUint64(8 * n, true)))
}
