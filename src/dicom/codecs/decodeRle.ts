import { QctError } from '../../core/errors.ts'
import type { FrameCodec } from './frameCodec.ts'

const HEADER = 64

/**
 * RLE Lossless: one segment per byte of a pixel, most significant first, each packed as runs.
 *
 * @throws {QctError} `FRAME_UNDECODABLE` when a segment is missing, or does not fill the image to its last pixel.
 * @see DICOM PS3.5 annex G
 */
export const decodeRle: FrameCodec = async (bytes, layout) => {
  const pixels = layout.rows * layout.columns
  const width = layout.bitsAllocated / 8
  if (bytes.length < HEADER) throw new QctError('FRAME_UNDECODABLE', { codec: 'rle' })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const segments = view.getUint32(0, true)
  if (segments !== width) throw new QctError('FRAME_UNDECODABLE', { codec: 'rle' })
  const decoded = new Uint8Array(pixels * width)
  for (let n = 0; n < segments; n++) {
    const start = view.getUint32(4 + 4 * n, true)
    const end = n + 1 < segments ? view.getUint32(8 + 4 * n, true) : bytes.length
    const isSound = start >= HEADER && start <= end && end <= bytes.length
    if (!isSound || !unpack(bytes.subarray(start, end), decoded, width - 1 - n, width))
      throw new QctError('FRAME_UNDECODABLE', { codec: 'rle' })
  }
  return width === 1 ? decoded : new Uint16Array(decoded.buffer)
}

/** Unpacks one segment into every `step`-th byte from `first`; false when it ends before the image does. */
function unpack(packed: Uint8Array, into: Uint8Array, first: number, step: number): boolean {
  let to = first
  let from = 0
  while (to < into.length) {
    const control = packed[from++]
    if (control === undefined) return false
    if (control === 128) continue
    if (control < 128) {
      if (from + control + 1 > packed.length) return false
      for (let n = 0; n <= control && to < into.length; n++, to += step) into[to] = packed[from + n] as number
      from += control + 1
    } else {
      const value = packed[from++]
      if (value === undefined) return false
      for (let n = 257 - control; n > 0 && to < into.length; n--, to += step) into[to] = value
    }
  }
  return true
}
