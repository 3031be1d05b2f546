import { QctError } from '../../core/errors.ts'
import type { PixelLayout } from '../pixelLayout.ts'
import type { PixelCodec } from '../transferSyntax.ts'

/** What a compressed image says of itself before its first pixel. */
export interface CodestreamFacts {
  readonly width: number
  readonly height: number
  readonly precision: number
  readonly components: number
  /** Samples carry a sign of their own, as JPEG 2000 can say. */
  readonly isSigned: boolean
  /** The frame header's marker: 0xFFC0 … 0xFFCF for JPEG, 0xFFF7 for JPEG-LS, 0xFF51 for JPEG 2000. */
  readonly marker: number
}

/**
 * Reads the size an image states in its own header: SOF of JPEG and JPEG-LS, SIZ of JPEG 2000. Undefined when there is
 * none.
 * @see ITU-T T.81 B.2.2, T.87 C.2.2, T.800 A.5.1
 */
export function codestreamFacts(bytes: Uint8Array): CodestreamFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const has = (offset: number, length: number) => offset + length <= bytes.length
  if (!has(0, 4)) return undefined
  if (view.getUint16(0) === 0xff4f) {
    if (view.getUint16(2) !== 0xff51 || !has(4, 40)) return undefined
    return {
      width: view.getUint32(8) - view.getUint32(16),
      height: view.getUint32(12) - view.getUint32(20),
      components: view.getUint16(40),
      precision: (view.getUint8(42) & 0x7f) + 1,
      isSigned: view.getUint8(42) > 0x7f,
      marker: 0xff51,
    }
  }
  if (view.getUint16(0) !== 0xffd8) return undefined
  for (let offset = 2; has(offset, 4); ) {
    const marker = view.getUint16(offset)
    if (marker === 0xffff) {
      offset += 1 // fill byte
      continue
    }
    if (marker < 0xff01 || marker === 0xffda || marker === 0xffd9) return undefined
    const isFrame =
      (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) ||
      marker === 0xfff7
    if (isFrame) {
      if (!has(offset, 10)) return undefined
      return {
        marker,
        precision: view.getUint8(offset + 4),
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
        components: view.getUint8(offset + 9),
        isSigned: false,
      }
    }
    offset += 2 + view.getUint16(offset + 2)
  }
  return undefined
}

/**
 * Holds a compressed image to what the DICOM header says, before a codec allocates by what the image claims.
 *
 * @throws {QctError} `FRAME_UNDECODABLE` when it has no header of its own or is in colour; `FRAME_SIZE_MISMATCH` when
 *   its size is another.
 */
export function checkSize(codec: PixelCodec, bytes: Uint8Array, layout: PixelLayout): CodestreamFacts {
  const facts = codestreamFacts(bytes)
  if (facts === undefined || facts.components !== 1 || facts.precision > 16)
    throw new QctError('FRAME_UNDECODABLE', { codec })
  const { width, height } = facts
  if (width !== layout.columns || height !== layout.rows || facts.precision > layout.bitsAllocated)
    throw new QctError('FRAME_SIZE_MISMATCH', {
      found: `${width} × ${height} of ${facts.precision} bits`,
      required: `${layout.columns} × ${layout.rows} of ${layout.bitsAllocated} bits`,
    })
  return facts
}

const SOT = 0xff90
const EOC = 0xffd9

/** Writers pad a fragment to even length with a zero or a fill byte; no image is cut off within so few bytes. */
const LONGEST_PADDING = 16

/** Whether the bytes close with the JPEG end marker, padding aside: a JPEG cut off does not. */
export function hasEndMarker(bytes: Uint8Array): boolean {
  for (let end = bytes.length; end >= 2 && end > bytes.length - LONGEST_PADDING; end--)
    if (bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9) return true
  return false
}

/**
 * Whether all tile parts that a JPEG 2000 codestream announces are there. Decoders fill what is cut off from what is
 * left and say nothing.
 * @see ITU-T T.800 A.4.2
 */
export function isWholeCodestream(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let offset = 2
  let parts = 0
  while (offset + 4 <= bytes.length) {
    const marker = view.getUint16(offset)
    if (marker === EOC) return parts > 0
    if (marker !== SOT) {
      if (parts > 0) return false
      offset += 2 + view.getUint16(offset + 2)
      continue
    }
    if (offset + 12 > bytes.length) return false
    const length = view.getUint32(offset + 6)
    if (length === 0) return hasEndMarker(bytes) // the last tile part, up to the end marker
    if (length < 14) return false
    parts += 1
    offset += length
  }
  const hasEnd = offset + 2 <= bytes.length && view.getUint16(offset) === EOC
  return parts > 0 && (hasEnd || offset === bytes.length) // some writers leave the end marker out
}
