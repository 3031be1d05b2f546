/** A Huffman table as a lookup of the next 16 bits: (length << 8) | symbol, or 0 where no code begins so. */
export type HuffmanTable = Uint16Array

/**
 * Builds the lookup of a Huffman table.
 *
 * @param counts - How many codes there are of each length from 1 to 16.
 * @param symbols - Their symbols in the order of the codes.
 * @throws RangeError when the counts ask for more codes than 16 bits can tell apart.
 * @see ITU-T T.81 annex C
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(0x1_0000)
  let code = 0
  let next = 0
  for (let length = 1; length <= 16; length++) {
    for (let n = 0; n < (counts[length - 1] ?? 0); n++, next++) {
      const span = 0x1_0000 >> length
      if (code + span > 0x1_0000) throw new RangeError('more Huffman codes than bits')
      table.fill((length << 8) | (symbols[next] ?? 0), code, code + span)
      code += span
    }
  }
  return table
}

/**
 * Reads the entropy-coded bits of a JPEG scan. Stuffed bytes are dropped; at a marker it stops and gives zeros, and
 * `isOverrun` says when more than a byte of those was used.
 * @see ITU-T T.81 B.1.1.5, F.2.2.5
 */
export class BitReader {
  readonly #bytes: Uint8Array
  #position: number
  #bits = 0
  #count = 0
  #borrowed = 0

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes
    this.#position = start
  }

  /** Offset of the marker that ends the bits, once they are used up. */
  get position(): number {
    return this.#position
  }

  /** More bits were asked for than the scan holds. */
  get isOverrun(): boolean {
    return this.#borrowed * 8 > this.#count
  }

  #fill(): void {
    while (this.#count <= 16) {
      const byte = this.#bytes[this.#position]
      let value = 0
      if (byte === undefined || (byte === 0xff && this.#bytes[this.#position + 1] !== 0)) {
        this.#borrowed += 1
      } else {
        value = byte
        this.#position += byte === 0xff ? 2 : 1
      }
      this.#bits = ((this.#bits << 8) | value) & 0xff_ffff
      this.#count += 8
    }
  }

  /** The next symbol by a Huffman table. @throws RangeError where no code fits, or the bits are used up. */
  symbol(table: HuffmanTable): number {
    this.#fill()
    const entry = table[(this.#bits >>> (this.#count - 16)) & 0xffff] as number
    const length = entry >> 8
    if (length === 0) throw new RangeError('no Huffman code')
    this.#count -= length
    if (this.#borrowed > 3) throw new RangeError('scan ends early')
    return entry & 0xff
  }

  /** The next bits as an unsigned number; up to 16. */
  bits(length: number): number {
    if (length === 0) return 0
    this.#fill()
    this.#count -= length
    return (this.#bits >>> this.#count) & ((1 << length) - 1)
  }

  /** The next bits as a signed difference. @see ITU-T T.81 F.2.2.1 EXTEND */
  signed(length: number): number {
    const value = this.bits(length)
    return length > 0 && value < 1 << (length - 1) ? value - (1 << length) + 1 : value
  }

  /** Passes a restart marker and drops the bits before it. @throws RangeError when there is none. */
  restart(): void {
    this.#bits = 0
    this.#count = 0
    this.#borrowed = 0
    while (this.#bytes[this.#position] === 0xff && this.#bytes[this.#position + 1] === 0xff)
      this.#position += 1
    const marker = this.#bytes[this.#position + 1] ?? 0
    if (this.#bytes[this.#position] !== 0xff || marker < 0xd0 || marker > 0xd7)
      throw new RangeError('no restart marker')
    this.#position += 2
  }
}
