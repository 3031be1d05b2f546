import { describe, expect, it } from 'vitest'
import { decodeFrame } from '../../src/dicom/decodeFrame.ts'
import type { PixelLayout } from '../../src/dicom/pixelLayout.ts'
import type { PixelCodec } from '../../src/dicom/transferSyntax.ts'
import {
  encodeHtj2k,
  encodeJpeg8,
  encodeJpeg2000,
  encodeJpegLs,
  encodeRle,
  JpegBits,
  jpegOf,
  type TestImage,
} from './encodeFrame.ts'

// OpenJPEG's encoder halves an image five times, so it needs 32 a side
const COLUMNS = 64
const ROWS = 40
const signedLayout: PixelLayout = {
  rows: ROWS,
  columns: COLUMNS,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  pixelRepresentation: 'signed',
}
const image: TestImage = {
  columns: COLUMNS,
  rows: ROWS,
  // a ramp with steps up and down, negative and positive, and the ends of the range
  words: Int16Array.from({ length: COLUMNS * ROWS }, (_, n) =>
    n === 7 ? -32_768 : n === 8 ? 32_767 : ((n * 37) % 3000) - 1000,
  ),
}

const decode = async (codec: PixelCodec, bytes: Uint8Array, layout = signedLayout) => {
  const target = new Int16Array(layout.rows * layout.columns)
  await decodeFrame(codec, bytes, layout, target)
  return target
}
const codeOf = (codec: PixelCodec, bytes: Uint8Array, layout = signedLayout) =>
  decode(codec, bytes, layout).then(
    () => 'decoded',
    (error) => error.code,
  )

const lossless: readonly (readonly [PixelCodec, (image: TestImage) => Promise<Uint8Array> | Uint8Array])[] = [
  ['rle', encodeRle],
  ['jpeg-ls', encodeJpegLs],
  ['jpeg-2000', encodeJpeg2000],
  ['htj2k', encodeHtj2k],
]

describe('lossless codecs', () => {
  it.each(lossless)('%s gives back every pixel', async (codec, encode) => {
    expect(await decode(codec, await encode(image))).toEqual(image.words)
  })

  it.each(lossless)('%s decodes many images at once without mixing them', async (codec, encode) => {
    const images = [0, 100, 200, 300].map((by) => ({
      ...image,
      words: image.words.map((word) => word >> 1).map((word) => word + by),
    }))
    const packed = await Promise.all(images.map(encode))
    const decoded = await Promise.all(packed.map((bytes) => decode(codec, bytes)))
    expect(decoded).toEqual(images.map(({ words }) => words))
  })

  it.each(lossless)('%s refuses bytes that are cut off or of another size', async (codec, encode) => {
    const bytes = await encode(image)
    expect(await codeOf(codec, bytes.slice(0, bytes.length * 0.6))).toBe('FRAME_UNDECODABLE')
    expect(await codeOf(codec, bytes.slice(0, 5))).toBe('FRAME_UNDECODABLE')
    const larger = { ...signedLayout, rows: ROWS * 2 }
    expect(await codeOf(codec, bytes, larger)).toBe(
      codec === 'rle' ? 'FRAME_UNDECODABLE' : 'FRAME_SIZE_MISMATCH',
    )
    // it still decodes after failing
    expect(await decode(codec, bytes)).toEqual(image.words)
  })

  it('takes the sign from the data set when a JPEG 2000 codestream is unsigned', async () => {
    const unsigned = Uint16Array.from(image.words)
    const bytes = await encodeJpeg2000({ ...image, words: unsigned })
    expect(await decode('jpeg-2000', bytes)).toEqual(image.words)
  })
})

describe('images with fewer bits than the header says', () => {
  const narrow = { ...signedLayout, columns: 8, rows: 8 }
  const words = (by: number) => Uint8Array.from({ length: 64 }, (_, n) => n + by)

  it.each([
    ['jpeg-ls', encodeJpegLs],
    ['jpeg-dct', encodeJpeg8],
  ] as const)('are widened by %s', async (codec, encode) => {
    const side = 64
    const flat = new Uint8Array(side * side).fill(100) // flat, so that the lossy codec keeps it
    const layout = { ...signedLayout, columns: side, rows: side }
    const decoded = await decode(codec, await encode({ columns: side, rows: side, words: flat }), layout)
    expect(decoded).toEqual(new Int16Array(side * side).fill(100))
  })

  it('are refused when a negative value could not be told from a large one', async () => {
    const small = await encodeJpegLs({ columns: 8, rows: 8, words: words(0) })
    expect(await decode('jpeg-ls', small, narrow)).toEqual(Int16Array.from(words(0)))
    const large = await encodeJpegLs({ columns: 8, rows: 8, words: words(100) })
    expect(await codeOf('jpeg-ls', large, narrow)).toBe('FRAME_SIZE_MISMATCH')
    const unsigned = { ...narrow, pixelRepresentation: 'unsigned' } as const
    expect(await decode('jpeg-ls', large, unsigned)).toEqual(Int16Array.from(words(100)))
  })
})

describe('JPEG lossless', () => {
  const layout = { ...signedLayout, columns: 3, rows: 2 }
  const bits = new JpegBits().signed(0).signed(5).signed(-2).signed(-32_000).signed(1).signed(31_000).end()
  const bytes = jpegOf(0xc3, 16, 3, 2, [{ band: [1, 0], bits }])

  it('adds each difference to its predictor', async () => {
    // first pixel: half the range; first column: the pixel above; else the pixel to the left
    const first = 32_768
    const expected = [first, first + 5, first + 3, first - 32_000, first - 31_999, first - 999]
    expect(await decode('jpeg-lossless', bytes, layout)).toEqual(Int16Array.from(expected))
  })

  it('refuses an image that ends early', async () => {
    const short = new JpegBits().signed(0).signed(5).end()
    expect(
      await codeOf('jpeg-lossless', jpegOf(0xc3, 16, 3, 2, [{ band: [1, 0], bits: short }]), layout),
    ).toBe('FRAME_UNDECODABLE')
    expect(await codeOf('jpeg-lossless', bytes.slice(0, -3), layout)).toBe('FRAME_UNDECODABLE')
  })
})

describe('JPEG by cosine transform', () => {
  const layout: PixelLayout = {
    ...signedLayout,
    columns: 11,
    rows: 8,
    bitsStored: 12,
    highBit: 11,
    pixelRepresentation: 'unsigned',
  }
  const flat = (left: number, right: number) =>
    Int16Array.from({ length: 88 }, (_, n) => (n % 11 < 8 ? left : right))

  it('gives flat blocks their value: the first coefficient is eight times it', async () => {
    const bits = new JpegBits()
      .signed(8 * 100)
      .symbol(0)
      .signed(8 * -300)
      .symbol(0)
      .end()
    const decoded = await decode('jpeg-dct', jpegOf(0xc1, 12, 11, 8, [{ band: [0, 63], bits }]), layout)
    expect(decoded).toEqual(flat(2148, 1848))
  })

  it('starts the predictor anew after a restart marker', async () => {
    const [one, two] = [
      new JpegBits().signed(800).symbol(0).end(),
      new JpegBits().signed(800).symbol(0).end(),
    ]
    const bits = Uint8Array.from([...one, 0xff, 0xd0, ...two])
    const decoded = await decode('jpeg-dct', jpegOf(0xc1, 12, 11, 8, [{ band: [0, 63], bits }], 1), layout)
    expect(decoded).toEqual(flat(2148, 2148))
  })

  it('gives the cosine of a single coefficient', async () => {
    // coefficient u = 1, v = 0 of 1000 after none in between; T.81 A.3.3
    const bits = new JpegBits().signed(0).signed(1000).symbol(0).signed(0).symbol(0).end()
    const decoded = await decode('jpeg-dct', jpegOf(0xc1, 12, 11, 8, [{ band: [0, 63], bits }]), layout)
    const row = Array.from({ length: 8 }, (_, x) =>
      Math.round(2048 + (1000 / 4) * Math.SQRT1_2 * Math.cos(((2 * x + 1) * Math.PI) / 16)),
    )
    expect(Array.from(decoded.subarray(0, 8))).toEqual(row)
  })

  it('puts a progressive image together from its passes', async () => {
    // block 0: first coefficient 803, sixth of the zigzag −501; block 1: first coefficient −2400, the rest 0
    const scans = [
      {
        band: [0, 0],
        position: [0, 1],
        bits: new JpegBits()
          .signed(803 >> 1)
          .signed((-2400 >> 1) - (803 >> 1))
          .end(),
      },
      { band: [0, 0], position: [1, 0], bits: new JpegBits().bits(1, 1).bits(0, 1).end() },
      // −501 = −250·2 − 1: the first pass carries −250 at bit 1, five zeros before it counted from coefficient 1
      { band: [1, 63], position: [0, 1], bits: new JpegBits().signed(-250, 4).symbol(0x10).bits(0, 1).end() },
      // the second pass: end of band run of 2 blocks; the one coefficient known gets its last bit
      { band: [1, 63], position: [1, 0], bits: new JpegBits().symbol(0x10).bits(0, 1).bits(1, 1).end() },
    ] as const
    const progressive = await decode('jpeg-dct', jpegOf(0xc2, 12, 11, 8, scans), layout)
    const bits = new JpegBits()
      .signed(803)
      .signed(-501, 4)
      .symbol(0)
      .signed(-2400 - 803)
      .symbol(0)
      .end()
    const sequential = await decode('jpeg-dct', jpegOf(0xc1, 12, 11, 8, [{ band: [0, 63], bits }]), layout)
    expect(progressive).toEqual(sequential)
    expect(new Set(sequential).size).toBe(5) // a symmetric cosine has four values; the flat block one
  })

  it('refuses scans that end early, lack a table or carry arithmetic code', async () => {
    const bits = new JpegBits().signed(800).end()
    expect(await codeOf('jpeg-dct', jpegOf(0xc1, 12, 11, 8, [{ band: [0, 63], bits }]), layout)).toBe(
      'FRAME_UNDECODABLE',
    )
    expect(await codeOf('jpeg-dct', jpegOf(0xc1, 12, 11, 8, []), layout)).toBe('FRAME_UNDECODABLE')
    expect(await codeOf('jpeg-dct', jpegOf(0xc9, 12, 11, 8, [{ band: [0, 63], bits }]), layout)).toBe(
      'FRAME_UNDECODABLE',
    )
  })

  it('decodes 8-bit JPEG near what was encoded, and refuses half of it', async () => {
    const words = Uint8Array.from({ length: 64 * 64 }, (_, n) => 100 + (n % 64))
    const bytes = await encodeJpeg8({ columns: 64, rows: 64, words })
    const small: PixelLayout = {
      ...layout,
      columns: 64,
      rows: 64,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
    }
    const decoded = await decode('jpeg-dct', bytes, small)
    // a ramp of one step a pixel survives the encoder's default quality within a few grey levels
    expect(Math.max(...decoded.map((value, n) => Math.abs(value - (words[n] as number))))).toBeLessThan(6)
    expect(await codeOf('jpeg-dct', bytes.slice(0, bytes.length / 2), small)).toBe('FRAME_UNDECODABLE')
    const hollow = Uint8Array.from([...bytes.slice(0, bytes.length * 0.7), 0xff, 0xd9])
    expect(await codeOf('jpeg-dct', hollow, small)).toBe('FRAME_UNDECODABLE')
  })
})
