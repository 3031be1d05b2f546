import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { CtFrame } from '../../src/dicom/ctStudy.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { readInstances } from '../../src/dicom/readInstances.ts'
import { describeExternal, python, realData } from './external.ts'

/** Every frame of every file in the folder of encodings, by the end of the file's name. */
const frames = new Map<string, readonly CtFrame[]>()
const folder = () => realData('ct', 'encodings')

async function readFolder(): Promise<void> {
  if (frames.size > 0) return
  const { instances } = await readInstances(await openPaths([folder()]))
  for (const { path, frames: found } of instances) frames.set(path.split('/').at(-1) ?? '', found)
}

function framesOf(ending: string): readonly CtFrame[] {
  const name = [...frames.keys()].find((candidate) => candidate.endsWith(ending))
  if (name === undefined) throw new Error(`no file ends with ${ending}`)
  return frames.get(name) ?? []
}

async function stored(ending: string, frame = 0): Promise<Int16Array | Uint16Array> {
  const one = framesOf(ending)[frame]
  if (one === undefined) throw new Error(`no frame ${frame}`)
  const count = one.rows * one.columns
  const target = one.pixelRepresentation === 'signed' ? new Int16Array(count) : new Uint16Array(count)
  await one.decodeInto(target)
  return target
}

async function ctNumbers(ending: string): Promise<Float64Array> {
  const { rescaleSlope, rescaleIntercept } = framesOf(ending)[0] as CtFrame
  return Float64Array.from(await stored(ending), (value) => value * rescaleSlope + rescaleIntercept)
}

/** Largest and root-mean-square difference of two images of one size. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>) {
  expect(a.length).toBe(b.length)
  let largest = 0
  let squares = 0
  for (let n = 0; n < a.length; n++) {
    const gap = Math.abs((a[n] as number) - (b[n] as number))
    largest = Math.max(largest, gap)
    squares += gap * gap
  }
  return { largest, rms: Math.sqrt(squares / a.length) }
}

const PLAIN = 'LittleEndianExplicitTransferSyntax_1.2.840.10008.1.2.1.dcm'

describeExternal('real-data', 'CT in every transfer syntax', () => {
  beforeAll(readFolder)

  it('reads all 40 files', () => expect(frames.size).toBe(40))

  it('decodes every frame of every file', async () => {
    for (const [name, found] of frames)
      for (const [n, frame] of found.entries()) {
        const target = new Float32Array(frame.rows * frame.columns)
        await frame.decodeInto(target)
        expect(
          target.some((value) => value !== target[0]),
          `${name} frame ${n} is no single value`,
        ).toBe(true)
      }
  })

  it.each(['Implicit', '1.2.2', '1.2.1.99', '1.2.4.57', '1.2.4.70', '1.2.4.80', '1.2.4.90', '1.2.5'])(
    'gives the same pixels from lossless %s as uncompressed',
    async (syntax) => {
      const ending =
        syntax === 'Implicit'
          ? 'CTImage.dcm_LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2.dcm'
          : `TransferSyntax_1.2.840.10008.${syntax}.dcm`
      expect(difference(await stored(ending), await stored(PLAIN)).largest).toBe(0)
    },
  )

  it.each(['CT1', 'CT2'])('gives the same pixels from each lossless form of %s', async (image) => {
    const first = await stored(`${image}_RLE`)
    for (const form of ['J2KR', 'JLSL', 'JPLL'])
      expect(difference(await stored(`${image}_${form}`), first).largest, form).toBe(0)
  })

  it.each([
    'fragmented_no_bot_jpeg_lossless.57.dcm',
    'fragmented_no_bot_jpeg_lossless.70.dcm',
    'fragmented_no_bot_jpeg_ls.80.dcm',
    'not_fragmented_bot_jpeg_ls.80.dcm',
    'not_fragmented_no_bot_jpeg_ls.80.dcm',
    'not_fragmented_bot_rle.dcm',
    'not_fragmented_no_bot_rle.dcm',
  ])('finds both frames of CT0012 in %s', async (layout) => {
    for (const frame of [0, 1])
      expect(
        difference(
          await stored(`CT0012.${layout}`, frame),
          await stored('CT0012.explicit_little_endian.dcm', frame),
        ).largest,
      ).toBe(0)
  })

  it('takes rescale and place of an enhanced file from its functional groups', () => {
    const found = framesOf('eCT_Supplemental.dcm')
    expect(found.map(({ rescaleSlope, rescaleIntercept }) => [rescaleSlope, rescaleIntercept])).toEqual([
      [1, -1024],
      [1, -1024],
    ])
    expect(found.map(({ imagePositionPatient }) => imagePositionPatient[2])).toEqual([-159, -149])
  })

  it.each([
    // NEAR as each codestream states it (ITU-T T.87 C.2.3): no pixel may be further off
    ['TransferSyntax_1.2.840.10008.1.2.4.81.dcm', PLAIN, 1],
    ['fragmented_no_bot_jpeg_ls.81.dcm', 'CT0012.explicit_little_endian.dcm', 2],
    ['CT1_JLSN', 'CT1_RLE', 4],
    ['CT2_JLSN', 'CT2_RLE', 4],
  ])('keeps near-lossless %s within its own bound', async (lossy, lossless, near) => {
    expect(difference(await stored(lossy), await stored(lossless)).largest).toBe(near)
  })

  it('decodes irreversible JPEG 2000 close to the original', async () => {
    // this codestream keeps about 4 bits a pixel; its own noise is under 1 HU
    expect(
      difference(await stored('TransferSyntax_1.2.840.10008.1.2.4.91.dcm'), await stored(PLAIN)).rms,
    ).toBeLessThan(1)
  })

  it('decodes the same coefficients from baseline, spectral selection and full progression alike', async () => {
    const sequential = await stored('TransferSyntax_1.2.840.10008.1.2.4.51.dcm')
    expect(difference(await stored('TransferSyntax_1.2.840.10008.1.2.4.53.dcm'), sequential).largest).toBe(0)
    expect(difference(await stored('TransferSyntax_1.2.840.10008.1.2.4.55.dcm'), sequential).largest).toBe(0)
  })

  it.each([
    // one stored step is the rescale slope: 2.0 HU at 12 bits, 32.1 HU at 8; the transform adds a few steps
    ['1.2.4.51', 6, 40],
    ['1.2.4.50', 24, 65],
  ])('turns lossy %s into CT numbers near the original', async (syntax, rms, largest) => {
    const found = difference(
      await ctNumbers(`TransferSyntax_1.2.840.10008.${syntax}.dcm`),
      await ctNumbers(PLAIN),
    )
    expect(found.rms).toBeLessThan(rms)
    expect(found.largest).toBeLessThan(largest)
  })

  it('lets PixelRepresentation win over the sign of a JPEG 2000 codestream', async () => {
    const image = await ctNumbers('J2K_pixelrep_mismatch.dcm')
    const row = Array.from(image.subarray(256 * 512, 257 * 512))
    // the room air at both ends of the middle row, and soft tissue within
    for (const air of [...row.slice(0, 8), ...row.slice(-8)]) expect(Math.abs(air + 1000)).toBeLessThan(30)
    expect(row.filter((value) => value > 0 && value < 100).length).toBeGreaterThan(100)
  })
})

describeExternal(['real-data', 'python'], 'uncompressed CT beside pydicom', () => {
  beforeAll(readFolder)

  it('has the stored values, slope and intercept that pydicom reads', async () => {
    const names = [
      PLAIN,
      'CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm',
      'CT_small.dcm',
    ]
    const script = `
import hashlib, json, sys, pydicom
out = {}
for name in sys.argv[2:]:
    data = pydicom.dcmread(sys.argv[1] + '/' + name)
    pixels = data.pixel_array.astype('<i2')
    out[name] = [hashlib.sha256(pixels.tobytes()).hexdigest(), float(data.RescaleSlope), float(data.RescaleIntercept)]
print(json.dumps(out))`
    const whole = names.map((name) => [...frames.keys()].find((key) => key.endsWith(name)) ?? name)
    const { stdout, stderr } = spawnSync(python, ['-c', script, join(folder()), ...whole], {
      encoding: 'utf8',
    })
    if (stdout === '') throw new Error(stderr)
    const theirs = JSON.parse(stdout)
    for (const name of whole) {
      const ours = new Uint8Array((await stored(name)).buffer as ArrayBuffer)
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', ours)).toString('hex')
      const { rescaleSlope, rescaleIntercept } = framesOf(name)[0] as CtFrame
      expect([digest, rescaleSlope, rescaleIntercept], name).toEqual(theirs[name])
    }
  })
})
