import { QctError } from '../core/errors.ts'

const MIB = 1024 * 1024

/**
 * Unpacks a raw deflate stream, piece by piece, and stops as soon as it grows beyond `limit` bytes.
 *
 * @throws {QctError} `INFLATE_TOO_LARGE` beyond the limit; `FILE_DAMAGED` when the stream is no deflate stream or cut off.
 */
export async function inflateRaw(packed: Blob, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      length += piece.value.length
      if (length > limit) break
      pieces.push(piece.value)
    }
  } catch (cause) {
    throw new QctError('FILE_DAMAGED', { found: 'deflate stream' }, { cause })
  }
  if (length > limit) {
    await reader.cancel().catch(() => {}) // the stream is thrown away whatever it says
    throw new QctError('INFLATE_TOO_LARGE', { limitMib: limit / MIB })
  }
  const inflated = new Uint8Array(length)
  let position = 0
  for (const piece of pieces) {
    inflated.set(piece, position)
    position += piece.length
  }
  return inflated
}
