import type { PixelLayout } from './pixelLayout.ts'

/**
 * Turns the words of a frame, as they were allocated, into stored values: the bits outside BitsStored are cut off and
 * the sign is extended.
 *
 * A word that equals the padding value with all its allocated bits stays what it is, since some scanners pad with a
 * value that BitsStored cannot hold; cut down, it would turn into a CT number of the body.
 *
 * @param words - One word per pixel, row by row; at least as many as `target` holds.
 * @param target - Receives rows × columns stored values.
 * @see DICOM PS3.5 8.1.1
 */
export function storeValues(
  words: Uint16Array | Uint8Array,
  layout: PixelLayout,
  target: Int16Array | Uint16Array | Float32Array,
): void {
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation, padding } = layout
  const isSigned = pixelRepresentation === 'signed'
  const count = layout.rows * layout.columns
  if (bitsStored === bitsAllocated) {
    target.set(reinterpreted(words.subarray(0, count), isSigned))
    return
  }
  const outside = bitsAllocated === 16 ? 0xffff & ~(2 ** bitsStored - 1) : 0xff & ~(2 ** bitsStored - 1)
  if (!isSigned && highBit === bitsStored - 1 && !hasBits(words, count, outside)) {
    target.set(words.subarray(0, count)) // by far the most common: 12 bits from 0, nothing beside them
    return
  }
  const down = highBit + 1 - bitsStored
  const up = 32 - bitsStored
  for (let n = 0; n < count; n++) {
    const word = words[n] as number
    const value = isSigned ? ((word >>> down) << up) >> up : ((word >>> down) << up) >>> up
    if (padding === undefined) {
      target[n] = value
      continue
    }
    const whole = isSigned ? (word << (32 - bitsAllocated)) >> (32 - bitsAllocated) : word
    target[n] = whole >= padding.low && whole <= padding.high ? whole : value
  }
}

/** Whether any of the first words has one of these bits. */
function hasBits(words: Uint16Array | Uint8Array, count: number, bits: number): boolean {
  let seen = 0
  for (let n = 0; n < count; n++) seen |= words[n] as number
  return (seen & bits) !== 0
}

/** The same bits as signed numbers where the layout says so, without a copy. */
function reinterpreted(words: Uint16Array | Uint8Array, isSigned: boolean) {
  if (!isSigned) return words
  return words instanceof Uint8Array
    ? new Int8Array(words.buffer, words.byteOffset, words.length)
    : new Int16Array(words.buffer, words.byteOffset, words.length)
}
