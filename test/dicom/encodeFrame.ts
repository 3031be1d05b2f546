import loadCharls from '@cornerstonejs/codec-charls/wasmjs'
import loadTurbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs'
import loadOpenJpeg from '@cornerstonejs/codec-openjpeg/wasmjs'
import loadOpenJph from '@cornerstonejs/codec-openjph/wasmjs'
import { joinBytes } from './dicomBytes.ts'

/** An encoder of a codec package. */
interface Encoder {
  readonly getDecodedBuffer: (frame: object) => Uint8Array
  readonly getEncodedBuffer: () => Uint8Array
  readonly encode: () => void
}
type EncoderClass = new () => Encoder
/** A loaded codec package with its encoder. */
export type EncoderFactory = () => Promise<
  Readonly<Record<'JpegLSEncoder' | 'J2KEncoder' | 'HTJ2KEncoder' | 'JPEGEncoder', EncoderClass>>
>

/** An image to encode: 16-bit words, or bytes. */
export interface TestImage {
  readonly columns: number
  readonly rows: number
  readonly words: Int16Array | Uint16Array | Uint8Array
}

async function encode(
  load: EncoderFactory,
  name: 'JpegLSEncoder' | 'J2KEncoder' | 'HTJ2KEncoder' | 'JPEGEncoder',
  image: TestImage,
) {
  const encoder = new (await load())[name]()
  const { columns: width, rows: height, words } = image
  const frame = {
    width,
    height,
    bitsPerSample: words.BYTES_PER_ELEMENT * 8,
    componentCount: 1,
    isSigned: words instanceof Int16Array,
    isUsingColorTransform: false,
  }
  encoder.getDecodedBuffer(frame).set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
  encoder.encode()
  return encoder.getEncodedBuffer().slice()
}

/** JPEG-LS, lossless. */
export const encodeJpegLs = (image: TestImage) => encode(loadCharls, 'JpegLSEncoder', image)
/** JPEG 2000, lossless. */
export const encodeJpeg2000 = (image: TestImage) => encode(loadOpenJpeg, 'J2KEncoder', image)
/** High-throughput JPEG 2000, lossless. */
export const encodeHtj2k = (image: TestImage) =>
  encode(loadOpenJph as unknown as EncoderFactory, 'HTJ2KEncoder', image)
/** JPEG with 8 bits. */
export const encodeJpeg8 = (image: TestImage) => encode(loadTurbo, 'JPEGEncoder', image)

/** RLE Lossless: 16-bit words as literal runs and repeats. @see DICOM PS3.5 G.3 */
export function encodeRle({ words }: TestImage): Uint8Array {
  const segment = (shift: number) => {
    const bytes = Array.from(words, (word) => (word >> shift) & 0xff)
    const packed: number[] = []
    for (let n = 0; n < bytes.length; ) {
      let run = 1
      while (run < 128 && bytes[n + run] === bytes[n]) run += 1
      packed.push(...(run > 1 ? [257 - run, bytes[n] as number] : [0, bytes[n] as number]))
      n += run
    }
    return Uint8Array.from(packed.length % 2 === 0 ? packed : [...packed, 0])
  }
  const [high, low] = [segment(8), segment(0)]
  const header = new DataView(new ArrayBuffer(64))
  header.setUint32(0, 2, true)
  header.setUint32(4, 64, true)
  header.setUint32(8, 64 + high.length, true)
  return joinBytes([new Uint8Array(header.buffer), high, low])
}

/** Writes entropy-coded bits with byte stuffing. Symbols are coded by 8 bits each: `JPEG_CODES` says so. */
export class JpegBits {
  readonly #bytes: number[] = []
  #pending = 0
  #count = 0
  bits(value: number, length: number): this {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#pending = (this.#pending << 1) | ((value >> bit) & 1)
      this.#count += 1
      if (this.#count === 8) {
        this.#bytes.push(this.#pending)
        if (this.#pending === 0xff) this.#bytes.push(0)
        this.#pending = 0
        this.#count = 0
      }
    }
    return this
  }
  symbol(symbol: number): this {
    return this.bits(symbol, 8)
  }
  /** A difference as its size and its bits. @see ITU-T T.81 F.1.2.1 */
  signed(value: number, runs = 0): this {
    const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value))
    this.symbol((runs << 4) | size)
    return this.bits(value < 0 ? value + (1 << size) - 1 : value, size)
  }
  end(): Uint8Array {
    while (this.#count !== 0) this.bits(1, 1)
    return Uint8Array.from(this.#bytes)
  }
}

const segment = (marker: number, ...body: number[]) =>
  Uint8Array.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body])

/** 255 codes of 8 bits, each its own symbol. */
const codes = (id: number) => [
  id,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  255,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  ...Array.from({ length: 255 }, (_, n) => n),
]

/** One scan of a hand-made JPEG: its spectral band and bit position, and its bits. */
export interface JpegScan {
  readonly band: readonly [number, number]
  /** Successive approximation: the bit position before (0 for a first pass) and after. */
  readonly position?: readonly [number, number]
  readonly bits: Uint8Array
}

/** A hand-made single-component JPEG with quantisation 1 and every symbol coded by its own 8 bits. */
export function jpegOf(
  sof: number,
  precision: number,
  columns: number,
  rows: number,
  scans: readonly JpegScan[],
  restart = 0,
): Uint8Array {
  return joinBytes([
    Uint8Array.of(0xff, 0xd8),
    segment(0xdb, 0, ...new Array(64).fill(1)),
    segment(sof, precision, rows >> 8, rows & 0xff, columns >> 8, columns & 0xff, 1, 1, 0x11, 0),
    segment(0xc4, ...codes(0x00)),
    ...(sof === 0xc3 ? [] : [segment(0xc4, ...codes(0x10))]),
    ...(restart > 0 ? [segment(0xdd, restart >> 8, restart & 0xff)] : []),
    ...scans.flatMap(({ band, position: [high, low] = [0, 0], bits }) => [
      segment(0xda, 1, 1, 0x00, band[0], band[1], (high << 4) | low),
      bits,
    ]),
    Uint8Array.of(0xff, 0xd9),
  ])
}
