import { describe, expect, it } from 'vitest'
import { readInstances } from '../../src/dicom/readInstances.ts'
import { type Changes, ctBytes, named, type TestElement } from './dicomBytes.ts'
import { encodeJpegLs, encodeRle } from './encodeFrame.ts'

const change = (tag: number, vr: string, value: TestElement[2]): Changes => ({ [tag]: [tag, vr, value] })
const ds = (tag: number, value: string): TestElement => [tag, 'DS', value]

/** An enhanced file of three 4 × 3 frames: orientation and spacing shared, position and rescale per frame. */
function enhanced(changes: Changes = {}): Changes {
  const frame = (n: number): TestElement[] => [
    [0x0020_9113, 'SQ', [[ds(0x0020_0032, `0\\0\\${n * 2.5}`)]]],
    [0x0028_9145, 'SQ', [[ds(0x0028_1052, '-1000'), ds(0x0028_1053, `${n + 1}`)]]],
  ]
  return {
    ...change(0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.2.1'),
    ...change(0x0028_0008, 'IS', '3'),
    2097202: undefined,
    2097207: undefined,
    2621488: undefined,
    2625618: undefined,
    2625619: undefined,
    ...change(0x5200_9229, 'SQ', [
      [
        [0x0020_9116, 'SQ', [[ds(0x0020_0037, '1\\0\\0\\0\\1\\0')]]],
        [0x0028_9110, 'SQ', [[ds(0x0028_0030, '0.5\\0.6'), ds(0x0018_0050, '2.5')]]],
        [0x0018_9325, 'SQ', [[ds(0x0018_0060, '140')]]],
      ],
    ]),
    ...change(0x5200_9230, 'SQ', [frame(0), frame(1), frame(2)]),
    ...change(
      0x7fe0_0010,
      'OW',
      Array.from({ length: 36 }, (_, n) => n),
    ),
    ...changes,
  }
}

const readOne = async (changes: Changes, transferSyntax?: string) => {
  const { instances, setAside } = await readInstances([named(ctBytes(changes, transferSyntax))])
  return { frames: instances[0]?.frames ?? [], instance: instances[0], aside: setAside[0] }
}
const pixels = async (changes: Changes, frame: number, transferSyntax: string) => {
  const { frames, aside } = await readOne(changes, transferSyntax)
  const target = new Int16Array(12)
  const decoded = frames[frame]?.decodeInto(target) ?? Promise.reject(aside?.error)
  return decoded.then(() => Array.from(target))
}

describe('enhanced multi-frame files', () => {
  it('gives each frame its own place, rescale and pixels', async () => {
    const { frames, instance } = await readOne(enhanced())
    expect(frames.map(({ imagePositionPatient }) => imagePositionPatient[2])).toEqual([0, 2.5, 5])
    expect(frames.map(({ rescaleSlope }) => rescaleSlope)).toEqual([1, 2, 3])
    expect(frames.map(({ rowSpacing, columnSpacing }) => [rowSpacing, columnSpacing])).toEqual(
      new Array(3).fill([0.5, 0.6]),
    )
    expect(instance?.acquisition).toMatchObject({ kvp: 140, sliceThickness: 2.5 })
    const target = new Int16Array(12)
    await frames[1]?.decodeInto(target)
    expect(Array.from(target)).toEqual(Array.from({ length: 12 }, (_, n) => n + 12))
  })

  it('refuses a number of frames that its functional groups do not have', async () => {
    const { aside } = await readOne(enhanced(change(0x0028_0008, 'IS', '4')))
    expect(aside?.error?.code).toBe('FRAMES_INCONSISTENT')
  })

  it('sets aside a file with a localizer frame', async () => {
    const shared: TestElement[] = [
      [0x0018_9329, 'SQ', [[[0x0008_9007, 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER\\NONE']]]],
    ]
    const { aside } = await readOne(enhanced(change(0x5200_9229, 'SQ', [shared])))
    expect(aside?.reason).toMatch(/Localizer/)
  })
})

describe('encapsulated frames', () => {
  const images = [0, 100, 200].map((by) => ({
    columns: 4,
    rows: 3,
    words: Int16Array.from({ length: 12 }, (_, n) => n + by),
  }))
  const expected = images.map(({ words }) => Array.from(words))
  const even = (bytes: Uint8Array) => bytes.length + (bytes.length % 2)
  const RLE = '1.2.840.10008.1.2.5'
  const JPEG_LS = '1.2.840.10008.1.2.4.80'

  const all = async (changes: Changes, transferSyntax: string) => [
    await pixels(changes, 0, transferSyntax),
    await pixels(changes, 1, transferSyntax),
    await pixels(changes, 2, transferSyntax),
  ]

  it('are one fragment each where nothing else is said', async () => {
    const fragments = images.map(encodeRle)
    expect(await all(enhanced(change(0x7fe0_0010, 'OB', { fragments })), RLE)).toEqual(expected)
  })

  it('follow the basic offset table over any number of fragments', async () => {
    const packed = await Promise.all(images.map(encodeJpegLs))
    const halves = packed.map((bytes) => [bytes.slice(0, 20), bytes.slice(20)])
    const lengths = halves.map(([a, b]) => 16 + even(a as Uint8Array) + even(b as Uint8Array))
    const offsets = [0, lengths[0] as number, (lengths[0] as number) + (lengths[1] as number)]
    const changes = enhanced(change(0x7fe0_0010, 'OB', { fragments: halves.flat(), offsets }))
    expect(await all(changes, JPEG_LS)).toEqual(expected)
  })

  it('begin where a fragment opens an image when there is no table', async () => {
    const packed = await Promise.all(images.map(encodeJpegLs))
    const fragments = packed.flatMap((bytes, n) =>
      n === 1 ? [bytes] : [bytes.slice(0, 20), bytes.slice(20)],
    )
    expect(await all(enhanced(change(0x7fe0_0010, 'OB', { fragments })), JPEG_LS)).toEqual(expected)
  })

  it('follow the extended offset table', async () => {
    const packed = await Promise.all(images.map(encodeJpegLs))
    const [a, b] = packed.map((bytes) => 8 + even(bytes)) as [number, number, number]
    const table = new BigUint64Array([0n, BigInt(a), BigInt(a + b)])
    const changes = enhanced({
      ...change(0x7fe0_0001, 'OV', new Uint8Array(table.buffer)),
      ...change(0x7fe0_0010, 'OB', { fragments: packed }),
    })
    expect(await all(changes, JPEG_LS)).toEqual(expected)
  })

  it('are refused when they cannot be told apart', async () => {
    const fragments = images.slice(0, 2).map(encodeRle)
    await expect(pixels(enhanced(change(0x7fe0_0010, 'OB', { fragments })), 0, RLE)).rejects.toMatchObject({
      code: 'FRAMES_INCONSISTENT',
    })
  })

  it('are refused when a fragment reaches beyond the file', async () => {
    const bytes = ctBytes(enhanced(change(0x7fe0_0010, 'OB', { fragments: images.map(encodeRle) })), RLE)
    const { instances } = await readInstances([named(bytes.slice(0, -60))])
    await expect(instances[0]?.frames[0]?.decodeInto(new Int16Array(12))).rejects.toMatchObject({
      code: 'PIXELS_SHORT',
    })
  })

  it('must not stand in a transfer syntax without them, nor be missing in one with them', async () => {
    const fragments = images.map(encodeRle)
    const inNative = await readOne(enhanced(change(0x7fe0_0010, 'OB', { fragments })))
    expect(inNative.aside?.error?.code).toBe('PIXELS_SHORT')
    const plain = await readOne({}, RLE)
    expect(plain.aside?.error?.code).toBe('FRAMES_INCONSISTENT')
  })
})
