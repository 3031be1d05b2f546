const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1
  return value
})

/**
 * Continues a CRC-32 over more bytes; start from 0.
 * @see ITU-T V.42 8.1.1.6.2, as used by ZIP
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before
  for (let n = 0; n < bytes.length; n++)
    crc = (TABLE[(crc ^ (bytes[n] as number)) & 0xff] as number) ^ (crc >>> 8)
  return ~crc >>> 0
}
