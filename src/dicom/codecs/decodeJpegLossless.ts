import { Decoder } from '@cornerstonejs/jpeg-lossless-decoder-js'
import { QctError } from '../../core/errors.ts'
import type { FrameCodec } from './frameCodec.ts'
import { checkSize, hasEndMarker } from './imageSize.ts'
import { refuseLostSign } from './lostSign.ts'

const SOF_LOSSLESS = 0xffc3

/**
 * JPEG Lossless, process 14, with any predictor.
 *
 * The decoder fills what is missing with zeros, so it is asked afterwards whether it reached the last pixel without
 * reading beyond the bytes.
 *
 * @throws {QctError} `FRAME_UNDECODABLE`, `FRAME_SIZE_MISMATCH`.
 * @see ITU-T T.81 annex H
 */
export const decodeJpegLossless: FrameCodec = async (bytes, layout) => {
  const facts = checkSize('jpeg-lossless', bytes, layout)
  const failure = (cause?: unknown) =>
    new QctError('FRAME_UNDECODABLE', { codec: 'jpeg-lossless' }, { cause })
  if (facts.marker !== SOF_LOSSLESS || !hasEndMarker(bytes)) throw failure()
  const decoder = new Decoder()
  let decoded: Uint8Array | Uint16Array | null
  try {
    const buffer = bytes.buffer as ArrayBuffer // never shared: the bytes were read from a file
    decoded = decoder.decode(buffer, bytes.byteOffset, bytes.length, layout.bitsAllocated / 8)
  } catch (cause) {
    throw failure(cause)
  }
  const read = decoder.stream?.index ?? Number.POSITIVE_INFINITY
  if (decoded === null || decoder.yLoc < layout.rows || read > bytes.length) throw failure()
  refuseLostSign(decoded, facts, layout)
  return decoded
}
