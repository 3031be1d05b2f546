import { describe, expect, it } from 'vitest'
import type { QctError } from '../../src/core/errors.ts'
import { readInstances } from '../../src/dicom/readInstances.ts'
import {
  type Changes,
  ctBytes,
  ctElements,
  dataSetBytes,
  joinBytes,
  latin1,
  metaBytes,
  named,
  PIXELS,
  type TestElement,
} from './dicomBytes.ts'

async function readOne(bytes: Uint8Array<ArrayBuffer>) {
  const { instances, setAside } = await readInstances([named(bytes)])
  return { instance: instances[0], aside: setAside[0] }
}

async function pixelsOf(bytes: Uint8Array<ArrayBuffer>, frame = 0, target = new Int16Array(12)) {
  const { instance, aside } = await readOne(bytes)
  if (instance === undefined) throw new Error(aside?.reason)
  await instance.frames[frame]?.decodeInto(target)
  return Array.from(target)
}

const codeOf = async (changes: Changes) => (await readOne(ctBytes(changes))).aside?.error?.code
/** A changed element as `Changes`. */
const change = (tag: number, vr: string, value: TestElement[2]): Changes => ({ [tag]: [tag, vr, value] })

const without = (tag: number): Changes => ({ [tag]: undefined })

describe('readInstances', () => {
  it.each([
    ['implicit little endian', '1.2.840.10008.1.2'],
    ['explicit little endian', '1.2.840.10008.1.2.1'],
    ['explicit big endian', '1.2.840.10008.1.2.2'],
  ])('reads %s', async (_, syntax) => {
    expect(await pixelsOf(ctBytes({}, syntax))).toEqual(PIXELS)
  })

  it('reads a deflated data set', async () => {
    const packed = new Blob([dataSetBytes(ctElements(), 'explicit-le')])
      .stream()
      .pipeThrough(new CompressionStream('deflate-raw'))
    const deflated = new Uint8Array(await new Response(packed).arrayBuffer())
    expect(await pixelsOf(joinBytes([metaBytes('1.2.840.10008.1.2.1.99'), deflated]))).toEqual(PIXELS)
  })

  it.each(['implicit-le', 'explicit-le', 'explicit-be'] as const)(
    'reads %s without preamble',
    async (writing) => {
      expect(await pixelsOf(dataSetBytes(ctElements(), writing))).toEqual(PIXELS)
    },
  )

  it('believes the first element, not a transfer syntax that states the other little endian form', async () => {
    const bytes = joinBytes([metaBytes('1.2.840.10008.1.2'), dataSetBytes(ctElements(), 'explicit-le')])
    expect(await pixelsOf(bytes)).toEqual(PIXELS)
  })

  it('takes place, rescale and identity from the header', async () => {
    const { instance } = await readOne(ctBytes(change(0x0028_1053, 'DS', '1.0009765625')))
    expect(instance?.patient).toEqual({
      patientId: 'ID-1',
      patientName: 'Test^Case',
      patientBirthDate: '1950-07-04',
      patientSex: 'F',
    })
    expect(instance?.studyDate).toBe('2026-01-02')
    expect(instance?.acquisition.kvp).toBe(120)
    const frame = instance?.frames[0]
    expect(frame?.imagePositionPatient).toEqual([-1.5, 2, 30.25])
    // PixelSpacing is the distance of rows first
    expect([frame?.rowSpacing, frame?.columnSpacing]).toEqual([0.8, 0.7])
    expect(frame?.rescaleSlope).toBe(1.0009765625) // exact: a power of two fraction
    expect(frame?.rescaleIntercept).toBe(-1024)
  })

  it('cuts off bits beyond BitsStored and extends the sign', async () => {
    // 12 bits stored; −5 is 0xFFB. The bits above hold what an overlay left there.
    const words = [0x0ffb, 0xfffb, 0xaffb, 0x0005, 0xf005, 0x07ff, 0x0800, 0, 0, 0, 0, 0]
    const signed = {
      ...change(0x0028_0101, 'US', [12]),
      ...change(0x0028_0102, 'US', [11]),
      ...change(0x7fe0_0010, 'OW', words),
    }
    expect(await pixelsOf(ctBytes(signed))).toEqual([-5, -5, -5, 5, 5, 2047, -2048, 0, 0, 0, 0, 0])
    const unsigned = { ...signed, ...change(0x0028_0103, 'US', [0]) }
    expect((await pixelsOf(ctBytes(unsigned))).slice(0, 7)).toEqual([4091, 4091, 4091, 5, 5, 2047, 2048])
  })

  it('keeps a padding value that BitsStored cannot hold', async () => {
    const words = [-3024 & 0xffff, 0x0ffb, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    const bytes = ctBytes({
      ...change(0x0028_0101, 'US', [12]),
      ...change(0x0028_0102, 'US', [11]),
      ...change(0x0028_0120, 'US', [-3024]),
      ...change(0x7fe0_0010, 'OW', words),
    })
    expect((await readOne(bytes)).instance?.frames[0]?.padding).toEqual({ low: -3024, high: -3024 })
    // cut down to 12 bits it would be 1072, a CT number of bone
    expect((await pixelsOf(bytes)).slice(0, 2)).toEqual([-3024, -5])
  })

  it('reads a padding range, lower end first', async () => {
    const bytes = ctBytes({ ...change(0x0028_0120, 'SS', [-1000]), ...change(0x0028_0121, 'SS', [-2000]) })
    expect((await readOne(bytes)).instance?.frames[0]?.padding).toEqual({ low: -2000, high: -1000 })
  })

  it('widens pixels of 8 bits', async () => {
    const bytes = ctBytes({
      ...change(0x0028_0100, 'US', [8]),
      ...change(0x0028_0101, 'US', [8]),
      ...change(0x0028_0102, 'US', [7]),
      ...change(0x0028_0103, 'US', [0]),
      ...change(0x7fe0_0010, 'OB', Uint8Array.of(0, 1, 127, 128, 255, 5, 6, 7, 8, 9, 10, 11)),
    })
    expect((await pixelsOf(bytes)).slice(0, 5)).toEqual([0, 1, 127, 128, 255])
  })

  it('decodes into floating point as well', async () => {
    const { instance } = await readOne(ctBytes())
    const target = new Float32Array(12)
    await instance?.frames[0]?.decodeInto(target)
    expect(Array.from(target)).toEqual(PIXELS)
  })

  it.each([
    ['UTF-8', 'ISO_IR 192', 'Müller^Änne', new TextEncoder().encode('Müller^Änne')],
    ['Latin-1', 'ISO_IR 100', 'Müller^Änne', latin1('Müller^Änne')],
    ['Cyrillic', 'ISO_IR 144', 'Лю', Uint8Array.of(0xbb, 0xee)],
    ['Korean with escapes', '\\ISO 2022 IR 149', '김', Uint8Array.of(0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8)],
    // PS3.5 H.3.1: Yamada
    [
      'Japanese with escapes',
      '\\ISO 2022 IR 87',
      '山田',
      Uint8Array.of(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42),
    ],
  ])('reads names in %s', async (_, term, name, bytes) => {
    const changes = { ...change(0x0008_0005, 'CS', term), ...change(0x0010_0010, 'PN', bytes) }
    expect((await readOne(ctBytes(changes))).instance?.patient.patientName).toBe(name)
  })

  it.each([
    ['049Y', 49],
    ['018M', 1.5],
    ['49', undefined],
  ])('reads the age %s as %s years', async (stated, years) => {
    const { instance } = await readOne(ctBytes(change(0x0010_1010, 'AS', stated)))
    expect(instance?.patient.patientAgeYears).toBe(years)
  })

  it.each([
    ['120', 120],
    ['4803', undefined], // a scanner that writes another quantity there: 80 mA for 1.19 s are 95 mAs
  ])('believes an exposure of %s mAs only near current × time', async (stated, exposureMas) => {
    const changes = {
      ...change(0x0018_1152, 'IS', stated),
      ...change(0x0018_1151, 'IS', '80'),
      ...change(0x0018_1150, 'IS', '1186'),
    }
    expect((await readOne(ctBytes(changes))).instance?.acquisition.exposureMas).toBe(exposureMas)
  })

  it('leaves out dates that cannot be', async () => {
    const { instance } = await readOne(ctBytes(change(0x0010_0030, 'DA', '19500231')))
    expect(instance?.patient.patientBirthDate).toBe('')
  })

  it.each([
    ['a localizer', change(0x0008_0008, 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER'), /Localizer/],
    ['a structured report', change(0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.88.22'), /Structured report/],
    ['a secondary capture', change(0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.7'), /Secondary capture/],
    ['a DICOMDIR', change(0x0008_0016, 'UI', '1.2.840.10008.1.3.10'), /DICOMDIR/],
    ['another modality', change(0x0008_0060, 'CS', 'MR'), /\(MR\)/],
    ['an iodine map', change(0x0028_1054, 'LO', 'MGML'), /MGML/],
  ])('sets aside %s without an error', async (_, changes, reason) => {
    const { instance, aside } = await readOne(ctBytes(changes))
    expect(instance).toBeUndefined()
    expect(aside?.reason).toMatch(reason)
    expect(aside?.error).toBeUndefined()
  })

  it.each<[string, Changes, QctError['code']]>([
    ['NaN spacing', change(0x0028_0030, 'DS', 'NaN\\NaN'), 'HEADER_VALUE_INVALID'],
    ['spacing with a decimal comma', change(0x0028_0030, 'DS', '0,8\\0,8'), 'HEADER_VALUE_INVALID'],
    ['zero spacing', change(0x0028_0030, 'DS', '0\\0.5'), 'HEADER_VALUE_INVALID'],
    ['an orientation that is none', change(0x0020_0037, 'DS', '1\\0\\0\\1\\0\\0'), 'HEADER_VALUE_INVALID'],
    ['no position', without(0x0020_0032), 'HEADER_VALUE_INVALID'],
    ['zero rows', change(0x0028_0010, 'US', [0]), 'HEADER_VALUE_INVALID'],
    [
      '16384 × 16384 in a tiny file',
      { ...change(0x0028_0010, 'US', [16_384]), ...change(0x0028_0011, 'US', [16_384]) },
      'FRAME_TOO_LARGE',
    ],
    [
      '4000 × 4000 in a tiny file',
      { ...change(0x0028_0010, 'US', [4000]), ...change(0x0028_0011, 'US', [4000]) },
      'PIXELS_SHORT',
    ],
    ['pixels shorter than the header says', change(0x7fe0_0010, 'OW', PIXELS.slice(1)), 'PIXELS_SHORT'],
    ['no pixels', without(0x7fe0_0010), 'PIXELS_MISSING'],
    ['no rescale', without(0x0028_1053), 'RESCALE_MISSING'],
    ['a slope of zero', change(0x0028_1053, 'DS', '0'), 'HEADER_VALUE_INVALID'],
    ['colour', change(0x0028_0002, 'US', [3]), 'PIXELS_UNSUPPORTED'],
    ['32 bits', change(0x0028_0100, 'US', [32]), 'PIXELS_UNSUPPORTED'],
    ['frames without places', change(0x0028_0008, 'IS', '2'), 'FRAMES_INCONSISTENT'],
    ['a billion frames', change(0x0028_0008, 'IS', '1000000000'), 'FRAMES_INCONSISTENT'],
  ])('refuses %s by code', async (_, changes, code) => {
    expect(await codeOf(changes)).toBe(code)
  })

  it('refuses a transfer syntax it has no codec for', async () => {
    expect((await readOne(ctBytes({}, '1.2.840.10008.1.2.4.100'))).aside?.error?.code).toBe(
      'TRANSFER_SYNTAX_UNSUPPORTED',
    )
  })

  it('refuses a file cut off anywhere, and never throws', async () => {
    const whole = ctBytes()
    const files = Array.from({ length: whole.length }, (_, length) =>
      named(whole.slice(0, length), `${length}`),
    )
    const { instances, setAside } = await readInstances(files)
    expect(instances).toEqual([])
    expect(setAside).toHaveLength(whole.length)
    // cut off before its SOP class, a file is of no known kind; after it, it is a damaged CT image
    const known = setAside.slice(400)
    expect(known.every(({ error }) => error !== undefined)).toBe(true)
  })

  it('keeps patient data out of every message', async () => {
    const changes = [
      change(0x0028_0030, 'DS', 'Test^Case'),
      change(0x0008_0060, 'CS', 'Test^Case'),
      change(0x0008_0016, 'UI', 'Test^Case'),
      change(0x0028_1054, 'LO', 'Test^Case'),
      change(0x0028_0008, 'IS', 'Test^Case'),
    ]
    const files = [...changes.map((one) => ctBytes(one)), ctBytes({}, 'Test^Case')]
    const { setAside } = await readInstances(files.map((bytes, n) => named(bytes, `${n}`)))
    expect(setAside).toHaveLength(files.length)
    for (const { reason, error } of setAside)
      expect(`${reason} ${error?.message} ${JSON.stringify(error?.details)}`).not.toMatch(/Test|Case/)
  })

  it('says what a text file and an empty file are', async () => {
    const files = [named(latin1('a text file named .dcm'), 'a.dcm'), named(new Uint8Array(0), 'b.dcm')]
    const { setAside } = await readInstances(files)
    expect(setAside.map(({ error }) => error?.code)).toEqual(['FILE_NOT_DICOM', 'FILE_EMPTY'])
  })

  it('reads a header longer than its first read', async () => {
    const long = change(0x0009_1001, 'OB', new Uint8Array(500_000))
    expect(await pixelsOf(ctBytes(long))).toEqual(PIXELS)
  })

  it('keeps the order of the files and reports progress', async () => {
    const files = Array.from({ length: 20 }, (_, n) =>
      named(ctBytes(change(0x0020_0013, 'IS', `${n}`)), `${n}`),
    )
    const seen: number[] = []
    const { instances } = await readInstances(files, { onProgress: (done) => seen.push(done) })
    expect(instances.map(({ path }) => path)).toEqual(files.map(({ path }) => path))
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  })

  it('stops when told to', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(readInstances([named(ctBytes())], { signal: controller.signal })).rejects.toThrow()
  })
})
