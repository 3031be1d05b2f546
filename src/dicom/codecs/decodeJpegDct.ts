import { QctError } from '../../core/errors.ts'
import type { PixelLayout } from '../pixelLayout.ts'
import { type DctScan, decodeScan } from './dctScan.ts'
import type { FrameCodec } from './frameCodec.ts'
import { BitReader, type HuffmanTable, huffmanTable } from './huffmanReader.ts'
import { checkSize, hasEndMarker } from './imageSize.ts'
import { inverseDct, ZIGZAG } from './inverseDct.ts'
import { decodeJpeg8 } from './wasmDecoders.ts'

const SOF_BASELINE = 0xffc0
const SOF_EXTENDED = 0xffc1
const SOF_PROGRESSIVE = 0xffc2

/**
 * JPEG by discrete cosine transform: processes 1, 2 & 4, 6 & 8, 10 & 12. Samples of 8 bits go to libjpeg-turbo; no
 * kept package decodes 12 bits, so those are decoded here.
 *
 * @throws {QctError} `FRAME_UNDECODABLE` when the bytes are damaged or arithmetic coded; `FRAME_SIZE_MISMATCH`.
 * @see ITU-T T.81
 */
export const decodeJpegDct: FrameCodec = async (bytes, layout) => {
  const { marker, precision } = checkSize('jpeg-dct', bytes, layout)
  const isDct = marker === SOF_BASELINE || marker === SOF_EXTENDED || marker === SOF_PROGRESSIVE
  if (isDct && precision === 8) return decodeJpeg8(bytes, layout)
  const failure = (cause?: unknown) => new QctError('FRAME_UNDECODABLE', { codec: 'jpeg-dct' }, { cause })
  if (!isDct || precision !== 12 || !hasEndMarker(bytes)) throw failure()
  try {
    return new DctImage(bytes, layout, marker === SOF_PROGRESSIVE).decode()
  } catch (cause) {
    throw failure(cause)
  }
}

/** Reads the segments of a single-component 12-bit JPEG, and its scans as they come. */
class DctImage {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #layout: PixelLayout
  readonly #isProgressive: boolean
  readonly #coefficients: Int16Array
  readonly #blocksPerRow: number
  readonly #quantisation = new Map<number, Uint16Array>()
  readonly #dcTables = new Map<number, HuffmanTable>()
  readonly #acTables = new Map<number, HuffmanTable>()
  #quantisationOfFrame = 0
  #restartInterval = 0
  #scans = 0

  constructor(bytes: Uint8Array, layout: PixelLayout, isProgressive: boolean) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#layout = layout
    this.#isProgressive = isProgressive
    this.#blocksPerRow = Math.ceil(layout.columns / 8)
    this.#coefficients = new Int16Array(this.#blocksPerRow * Math.ceil(layout.rows / 8) * 64)
  }

  decode(): Uint16Array {
    let offset = 2
    for (;;) {
      const marker = this.#view.getUint16(offset)
      if (marker === 0xffd9) break
      if (marker === 0xffff) {
        offset += 1
        continue
      }
      if (marker < 0xff01) throw new RangeError('no marker')
      const length = this.#view.getUint16(offset + 2)
      const segment = this.#bytes.subarray(offset + 4, offset + 2 + length)
      if (marker === 0xffda) offset = this.#scan(segment, offset + 2 + length)
      else {
        this.#segment(marker, segment)
        offset += 2 + length
      }
    }
    if (this.#scans === 0) throw new RangeError('no scan')
    return this.#samples()
  }

  #segment(marker: number, segment: Uint8Array): void {
    if (marker === 0xffdb) this.#quantisationTables(segment)
    else if (marker === 0xffc4) this.#huffmanTables(segment)
    else if (marker === 0xffdd) this.#restartInterval = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0)
    else if (marker === SOF_BASELINE || marker === SOF_EXTENDED || marker === SOF_PROGRESSIVE)
      this.#quantisationOfFrame = segment[8] ?? 0
  }

  #quantisationTables(segment: Uint8Array): void {
    for (let at = 0; at < segment.length; ) {
      const head = segment[at++] as number
      const isWide = head >> 4 === 1
      const table = new Uint16Array(64)
      for (let k = 0; k < 64; k++, at += isWide ? 2 : 1)
        table[k] = isWide ? ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0) : (segment[at] ?? 0)
      this.#quantisation.set(head & 15, table)
    }
  }

  #huffmanTables(segment: Uint8Array): void {
    for (let at = 0; at < segment.length; ) {
      const head = segment[at] as number
      const counts = segment.subarray(at + 1, at + 17)
      const total = counts.reduce((sum, count) => sum + count, 0)
      const table = huffmanTable(counts, segment.subarray(at + 17, at + 17 + total))
      ;(head >> 4 === 0 ? this.#dcTables : this.#acTables).set(head & 15, table)
      at += 17 + total
    }
  }

  #scan(header: Uint8Array, start: number): number {
    const [components, , tables, spectralStart, spectralEnd, approximation] = header
    if (components !== 1 || tables === undefined || approximation === undefined)
      throw new RangeError('scan header')
    const scan: DctScan = {
      isProgressive: this.#isProgressive,
      spectralStart: spectralStart ?? 0,
      spectralEnd: spectralEnd ?? 0,
      approximationHigh: approximation >> 4,
      approximationLow: approximation & 15,
      dcTable: this.#dcTables.get(tables >> 4),
      acTable: this.#acTables.get(tables & 15),
      restartInterval: this.#restartInterval,
    }
    const isBand = scan.spectralEnd < 64 && scan.spectralStart <= scan.spectralEnd
    this.#scans += 1
    // a real progressive image has about ten scans; each costs a pass over the image
    if (this.#scans > 256 || (this.#isProgressive && (!isBand || scan.approximationLow > 13)))
      throw new RangeError('scan header')
    const reader = new BitReader(this.#bytes, start)
    decodeScan(reader, scan, this.#coefficients)
    return this.#nextMarker(reader.position)
  }

  /** The reader may not have looked at all bytes before the marker that ends its scan. */
  #nextMarker(from: number): number {
    for (let offset = from; offset + 1 < this.#bytes.length; offset++) {
      const after = this.#bytes[offset + 1] as number
      if (this.#bytes[offset] === 0xff && after !== 0 && after !== 0xff && (after < 0xd0 || after > 0xd7))
        return offset
    }
    throw new RangeError('no marker after the scan')
  }

  #samples(): Uint16Array {
    const { rows, columns } = this.#layout
    const quantisation = this.#quantisation.get(this.#quantisationOfFrame)
    if (quantisation === undefined) throw new RangeError('quantisation table missing')
    const samples = new Uint16Array(rows * columns)
    const [block, values] = [new Float64Array(64), new Float64Array(64)]
    for (let n = 0; n * 64 < this.#coefficients.length; n++) {
      for (let k = 0; k < 64; k++)
        block[ZIGZAG[k] as number] = (this.#coefficients[n * 64 + k] as number) * (quantisation[k] as number)
      inverseDct(block, values)
      const left = (n % this.#blocksPerRow) * 8
      const top = Math.floor(n / this.#blocksPerRow) * 8
      for (let y = 0; y < Math.min(8, rows - top); y++)
        for (let x = 0; x < Math.min(8, columns - left); x++)
          samples[(top + y) * columns + left + x] = clamp12(Math.round((values[y * 8 + x] as number) + 2048))
    }
    return samples
  }
}

const clamp12 = (value: number) => Math.max(0, Math.min(value, 4095))
