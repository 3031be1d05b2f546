import { QctError } from '../core/errors.ts'
import { decodeJpegDct } from './codecs/decodeJpegDct.ts'
import { decodeJpegLossless } from './codecs/decodeJpegLossless.ts'
import { decodeRle } from './codecs/decodeRle.ts'
import type { FrameCodec } from './codecs/frameCodec.ts'
import { decodeHtj2k, decodeJpeg2000, decodeJpegLs } from './codecs/wasmDecoders.ts'
import type { PixelLayout } from './pixelLayout.ts'
import { storeValues } from './storedValues.ts'
import type { PixelCodec } from './transferSyntax.ts'

/** Codecs by name. Their packages are loaded here and nowhere else. */
const CODECS: Readonly<Record<Exclude<PixelCodec, 'native'>, FrameCodec>> = {
  rle: decodeRle,
  'jpeg-dct': decodeJpegDct,
  'jpeg-lossless': decodeJpegLossless,
  'jpeg-ls': decodeJpegLs,
  'jpeg-2000': decodeJpeg2000,
  htj2k: decodeHtj2k,
}

/** The bytes of uncompressed pixels as words; a copy where they are swapped, since the bytes may be kept. */
function nativeWords(bytes: Uint8Array, layout: PixelLayout, isSwapped: boolean): Uint16Array | Uint8Array {
  if (layout.bitsAllocated === 8) return bytes
  const isAligned = bytes.byteOffset % 2 === 0
  const own = isAligned && !isSwapped ? bytes : bytes.slice()
  if (isSwapped)
    for (let n = 0; n + 1 < own.length; n += 2) {
      const first = own[n] as number
      own[n] = own[n + 1] as number
      own[n + 1] = first
    }
  return new Uint16Array(own.buffer, own.byteOffset, own.length >> 1)
}

/**
 * Decodes the bytes of one frame into stored values.
 *
 * @param codec - What the transfer syntax says the bytes are.
 * @param bytes - All bytes of the frame, its fragments joined.
 * @param target - Receives rows × columns stored values, row by row.
 * @param isSwapped - The words are big endian (native pixels only).
 * @throws {QctError} `FRAME_UNDECODABLE` when the bytes are damaged; `FRAME_SIZE_MISMATCH` when the compressed image
 *   has another size than the header.
 */
export async function decodeFrame(
  codec: PixelCodec,
  bytes: Uint8Array,
  layout: PixelLayout,
  target: Int16Array | Uint16Array | Float32Array,
  isSwapped = false,
): Promise<void> {
  const words =
    codec === 'native' ? nativeWords(bytes, layout, isSwapped) : await CODECS[codec](bytes, layout)
  if (words.length < layout.rows * layout.columns || target.length < layout.rows * layout.columns)
    throw new QctError('FRAME_UNDECODABLE', { codec })
  storeValues(words, layout, target)
}
