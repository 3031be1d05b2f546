/**
 * The DICOM UID of 128 bits given as four 32-bit words: `2.25.` and the decimal of a custom (version 8) UUID.
 * The same words give the same UID, so writing an exam twice gives the same instances.
 * @see DICOM PS3.5 annex B.2; RFC 9562 section 5.8
 */
export function uidOfWords(words: readonly [number, number, number, number]): string {
  const [a, b, c, d] = words.map((word) => BigInt(word >>> 0)) as [bigint, bigint, bigint, bigint]
  const versioned = (b & 0xffff0fffn) | 0x8000n
  const variant = (c & 0x3fffffffn) | 0x80000000n
  return `2.25.${((a << 96n) | (versioned << 64n) | (variant << 32n) | d).toString()}`
}
