import {
  type Changes,
  ctBytes,
  ctElements,
  dataSetBytes,
  joinBytes,
  metaBytes,
  type TestElement,
} from '../../dicom/dicomBytes.ts'
import {
  encodeHtj2k,
  encodeJpeg8,
  encodeJpeg2000,
  encodeJpegLs,
  encodeRle,
  JpegBits,
  type JpegScan,
  jpegOf,
  type TestImage,
} from '../../dicom/encodeFrame.ts'
import { gzip, niftiBytes } from '../../dicom/niftiBytes.ts'
import { zipBytes } from '../../dicom/zipBytes.ts'

const SIDE = 64
const words = Int16Array.from({ length: SIDE * SIDE }, (_, n) => ((n * 37) % 900) - 300)
const image: TestImage = { columns: SIDE, rows: SIDE, words }
const size: Changes = { 2621456: [0x0028_0010, 'US', [SIDE]], 2621457: [0x0028_0011, 'US', [SIDE]] }
const native: Changes = { ...size, 2145386512: [0x7fe0_0010, 'OW', new Uint8Array(words.buffer)] }
const packed = (fragment: Uint8Array, over: Changes = {}): Changes => ({
  ...size,
  2145386512: [0x7fe0_0010, 'OB', { fragments: [fragment.slice(0, 100), fragment.slice(100)], offsets: [0] }],
  ...over,
})
const bits = (stored: number): Changes => ({
  2621696: [0x0028_0100, 'US', [stored === 8 ? 8 : 16]],
  2621697: [0x0028_0101, 'US', [stored]],
  2621698: [0x0028_0102, 'US', [stored - 1]],
  2621699: [0x0028_0103, 'US', [0]],
})

/** A small DCT image of 64 flat blocks. */
function flatJpeg(sof: number): Uint8Array {
  const first = new JpegBits()
  for (let n = 0; n < 64; n++) {
    first.signed(n === 0 ? 100 : 8)
    if (sof !== 0xc2) first.signed(n + 1).symbol(0)
  }
  const scans: JpegScan[] = [{ band: sof === 0xc2 ? [0, 0] : [0, 63], bits: first.end() }]
  const second = new JpegBits()
  for (let n = 0; n < 64; n++) second.signed(n + 1).symbol(0)
  return jpegOf(sof, 12, SIDE, SIDE, sof === 0xc2 ? [...scans, { band: [1, 63], bits: second.end() }] : scans)
}

function losslessJpeg(): Uint8Array {
  const differences = new JpegBits()
  for (let n = 0; n < SIDE * SIDE; n++) differences.signed((n % 7) - 3)
  return jpegOf(0xc3, 16, SIDE, SIDE, [{ band: [1, 0], bits: differences.end() }])
}

function enhanced(): Uint8Array<ArrayBuffer> {
  const frame = (n: number): TestElement[] => [
    [0x0020_9113, 'SQ', [[[0x0020_0032, 'DS', `0\\0\\${n}`]]]],
    [
      0x0028_9145,
      'SQ',
      [
        [
          [0x0028_1052, 'DS', '-1000'],
          [0x0028_1053, 'DS', '1'],
        ],
      ],
    ],
  ]
  const shared: TestElement[] = [
    [0x0020_9116, 'SQ', [[[0x0020_0037, 'DS', '1\\0\\0\\0\\1\\0']]]],
    [0x0028_9110, 'SQ', [[[0x0028_0030, 'DS', '0.5\\0.5']]]],
  ]
  const frames = [0, 1, 2].map(() => encodeRle(image))
  return ctBytes(
    {
      ...size,
      524310: [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.2.1'],
      2621448: [0x0028_0008, 'IS', '3'],
      1375769129: [0x5200_9229, 'SQ', [shared]],
      1375769136: [0x5200_9230, 'SQ', [frame(0), frame(1), frame(2)]],
      2145386512: [0x7fe0_0010, 'OB', { fragments: frames }],
    },
    '1.2.840.10008.1.2.5',
  )
}

/** The sound files that are damaged: each way of writing, each codec, each container. Built in memory. */
export async function seedFiles(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const inner = new Blob([dataSetBytes(ctElements(native), 'explicit-le')])
  const deflated = new Response(
    inner.stream().pipeThrough(new CompressionStream('deflate-raw')),
  ).arrayBuffer()
  const ct = ctBytes(native)
  const grey = Uint8Array.from(words, (word) => word & 0x7f)
  const nifti = niftiBytes(new Uint8Array(words.buffer), {
    size: [SIDE, SIDE, 1],
    sform: [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ],
  })
  const zip = await zipBytes({ 'a/IM1': ct, 'a/IM2': ctBytes(native, '1.2.840.10008.1.2') })
  return new Map([
    ['explicit', ct],
    ['implicit', ctBytes(native, '1.2.840.10008.1.2')],
    ['big endian', ctBytes(native, '1.2.840.10008.1.2.2')],
    ['no preamble', dataSetBytes(ctElements(native), 'implicit-le')],
    ['deflated', joinBytes([metaBytes('1.2.840.10008.1.2.1.99'), new Uint8Array(await deflated)])],
    ['enhanced RLE', enhanced()],
    ['RLE', ctBytes(packed(encodeRle(image)), '1.2.840.10008.1.2.5')],
    ['JPEG-LS', ctBytes(packed(await encodeJpegLs(image)), '1.2.840.10008.1.2.4.80')],
    ['JPEG 2000', ctBytes(packed(await encodeJpeg2000(image)), '1.2.840.10008.1.2.4.90')],
    ['HTJ2K', ctBytes(packed(await encodeHtj2k(image)), '1.2.840.10008.1.2.4.201')],
    [
      'JPEG 8',
      ctBytes(packed(await encodeJpeg8({ ...image, words: grey }), bits(8)), '1.2.840.10008.1.2.4.50'),
    ],
    ['JPEG 12', ctBytes(packed(flatJpeg(0xc1), bits(12)), '1.2.840.10008.1.2.4.51')],
    ['JPEG 12 progressive', ctBytes(packed(flatJpeg(0xc2), bits(12)), '1.2.840.10008.1.2.4.55')],
    ['JPEG lossless', ctBytes(packed(losslessJpeg()), '1.2.840.10008.1.2.4.70')],
    ['zip', zip],
    ['stored zip', await zipBytes({ IM1: ct }, { level: 0 })],
    ['zip in zip', await zipBytes({ 'inner.zip': zip, IM3: ct }, { zip64: true })],
    ['NIfTI', nifti],
    ['NIfTI gz', await gzip(nifti)],
  ])
}
