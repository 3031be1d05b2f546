import loadCharls from '@cornerstonejs/codec-charls/decodewasmjs'
import loadTurbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'
import loadOpenJpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import loadOpenJph from '@cornerstonejs/codec-openjph/wasmjs'
import { QctError } from '../../core/errors.ts'
import type { PixelLayout } from '../pixelLayout.ts'
import type { PixelCodec } from '../transferSyntax.ts'
import type { FrameCodec } from './frameCodec.ts'
import { checkSize, hasEndMarker, isWholeCodestream } from './imageSize.ts'
import { refuseLostSign } from './lostSign.ts'
import { WasmCodec } from './wasmCodec.ts'

const charls = new WasmCodec('jpeg-ls', loadCharls, (module) => new module.JpegLSDecoder())
const turbo = new WasmCodec('jpeg-dct', loadTurbo, (module) => new module.JPEGDecoder())
const openJpeg = new WasmCodec('jpeg-2000', loadOpenJpeg, (module) => new module.J2KDecoder())
const openJph = new WasmCodec('htj2k', loadOpenJph, (module) => new module.HTJ2KDecoder())

/** JPEG-LS, lossless and near-lossless, by CharLS. */
export const decodeJpegLs: FrameCodec = (bytes, layout) => decodeJpegFamily('jpeg-ls', charls, bytes, layout)
/** JPEG with 8-bit samples by libjpeg-turbo. */
export const decodeJpeg8: FrameCodec = (bytes, layout) => decodeJpegFamily('jpeg-dct', turbo, bytes, layout)
/** JPEG 2000, reversible and irreversible, by OpenJPEG. */
export const decodeJpeg2000: FrameCodec = (bytes, layout) =>
  decodeCodestream('jpeg-2000', openJpeg, bytes, layout)
/** High-throughput JPEG 2000 by OpenJPH. */
export const decodeHtj2k: FrameCodec = (bytes, layout) => decodeCodestream('htj2k', openJph, bytes, layout)

async function decodeJpegFamily(codec: PixelCodec, wasm: WasmCodec, bytes: Uint8Array, layout: PixelLayout) {
  if (!hasEndMarker(bytes)) throw new QctError('FRAME_UNDECODABLE', { codec })
  return decode(codec, wasm, bytes, layout)
}

async function decodeCodestream(codec: PixelCodec, wasm: WasmCodec, bytes: Uint8Array, layout: PixelLayout) {
  if (!isWholeCodestream(bytes)) throw new QctError('FRAME_UNDECODABLE', { codec })
  return decode(codec, wasm, bytes, layout)
}

async function decode(codec: PixelCodec, wasm: WasmCodec, bytes: Uint8Array, layout: PixelLayout) {
  const facts = checkSize(codec, bytes, layout)
  const { bytes: decoded, frame } = await wasm.decode(bytes)
  const isWide = frame.bitsPerSample > 8
  const isWhole = decoded.length === layout.rows * layout.columns * (isWide ? 2 : 1)
  if (frame.width !== layout.columns || frame.height !== layout.rows || !isWhole)
    throw new QctError('FRAME_UNDECODABLE', { codec })
  const words = isWide ? new Uint16Array(decoded.buffer, decoded.byteOffset, decoded.length / 2) : decoded
  refuseLostSign(words, facts, layout)
  if (isWide || layout.bitsAllocated === 8) return words
  return Uint16Array.from(facts.isSigned ? new Int8Array(decoded.buffer) : decoded)
}
