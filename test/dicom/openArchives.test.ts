import { describe, expect, it } from 'vitest'
import { type ArchiveLimits, openArchives } from '../../src/dicom/openArchives.ts'
import { readInstances } from '../../src/dicom/readInstances.ts'
import { ctBytes, latin1, named, PIXELS } from './dicomBytes.ts'
import { zipBytes } from './zipBytes.ts'

const CT = ctBytes()
const open = (bytes: Uint8Array<ArrayBuffer>, limits?: ArchiveLimits) =>
  openArchives([named(bytes, 'study')], limits)
const codes = async (bytes: Uint8Array<ArrayBuffer>, limits?: ArchiveLimits) =>
  (await open(bytes, limits)).setAside.map(({ error }) => error?.code)

async function pixelsIn(bytes: Uint8Array<ArrayBuffer>) {
  const opened = await open(bytes)
  const { instances, setAside } = await readInstances(opened.files)
  const pixels: number[][] = []
  for (const { frames } of instances) {
    const target = new Int16Array(12)
    await frames[0]?.decodeInto(target)
    pixels.push(Array.from(target))
  }
  return { pixels, setAside: [...opened.setAside, ...setAside] }
}

describe('openArchives', () => {
  it.each([
    ['deflated', {}],
    ['stored', { level: 0 }],
    ['zip64', { zip64: true }],
  ])('finds images in a %s zip by its content, not its name', async (_, options) => {
    const zip = await zipBytes({ 'a/IM1': CT, 'readme.txt': latin1('hello') }, options)
    const { files, setAside } = await open(zip)
    expect(files.map(({ path }) => path)).toEqual(['study/a/IM1', 'study/readme.txt'])
    expect(setAside).toEqual([])
    expect((await pixelsIn(zip)).pixels).toEqual([PIXELS])
  })

  it('passes other files through in their order', async () => {
    const files = [
      named(CT, 'x'),
      named(await zipBytes({ b: CT }), 'z.zip'),
      named(latin1('text of some length …'), 'y'),
    ]
    expect((await openArchives(files)).files.map(({ path }) => path)).toEqual(['x', 'z.zip/b', 'y'])
  })

  it.each(['../../etc/IM1', '/etc/IM1', 'C:\\etc\\IM1', './a/../../IM1', 'a\u0000b/IM1'])(
    'keeps the name %j inside the archive',
    async (name) => {
      const writable = 'x'.repeat(name.length) // the writer refuses such names, so one of the same length is replaced
      const zip = await zipBytes({ [writable]: CT }, { level: 0 })
      const text = Array.from(zip, (byte) => String.fromCharCode(byte)).join('')
      const { files } = await open(latin1(text.replaceAll(writable, name)) as Uint8Array<ArrayBuffer>)
      expect(files).toHaveLength(1)
      expect(files[0]?.path).toMatch(/^study\/(etc\/|a\/|ab\/)?IM1$/)
    },
  )

  it('opens a zip in a zip, and not a third level', async () => {
    const inner = await zipBytes({ IM1: CT })
    const middle = await zipBytes({ 'inner.zip': inner, IM2: CT })
    expect((await open(middle)).files.map(({ path }) => path)).toEqual(['study/inner.zip/IM1', 'study/IM2'])
    expect(await codes(await zipBytes({ 'middle.zip': middle }))).toEqual(['ZIP_NESTED_TOO_DEEP'])
  })

  it('refuses a zip cut off anywhere', async () => {
    const zip = await zipBytes({ IM1: CT })
    for (const part of [0.2, 0.5, 0.9])
      expect(await codes(zip.slice(0, zip.length * part))).toEqual(['ZIP_DAMAGED'])
  })

  it('refuses what packs denser than images do, before unpacking any of it', async () => {
    const bomb = await zipBytes({ a: new Uint8Array(4_000_000) })
    expect(await codes(bomb, { maxDenseBytes: 1_000_000 })).toEqual(['ZIP_BOMB'])
    expect(await codes(bomb)).toEqual([]) // four megabytes harm nobody
  })

  it('refuses a table that claims more than its bytes can hold', async () => {
    const zip = await zipBytes({ a: CT })
    const view = new DataView(zip.buffer)
    // the uncompressed size in the central directory: APPNOTE 4.3.12, offset 24
    const table = zip.findIndex((_, n) => n + 4 <= zip.length && view.getUint32(n) === 0x504b_0102)
    view.setUint32(table + 24, 0x7000_0000, true)
    expect(await codes(zip)).toEqual(['ZIP_BOMB'])
  })

  it('stops unpacking where an entry grows beyond what the table says', async () => {
    const zip = await zipBytes({ a: CT })
    const view = new DataView(zip.buffer)
    const table = zip.findIndex((_, n) => n + 4 <= zip.length && view.getUint32(n) === 0x504b_0102)
    view.setUint32(table + 24, CT.length - 40, true)
    const { setAside } = await pixelsIn(zip)
    expect(setAside.map(({ error }) => error?.code)).toEqual(['ZIP_ENTRY_DAMAGED'])
  })

  it('never gives pixels whose checksum is wrong', async () => {
    const zip = await zipBytes({ a: CT })
    const view = new DataView(zip.buffer)
    const table = zip.findIndex((_, n) => n + 4 <= zip.length && view.getUint32(n) === 0x504b_0102)
    view.setUint32(table + 16, 12_345, true)
    const { setAside } = await pixelsIn(zip)
    expect(setAside.map(({ error }) => error?.code)).toEqual(['ZIP_ENTRY_DAMAGED'])
  })

  it('refuses more files than the limit', async () => {
    expect(await codes(await zipBytes({ a: CT, b: CT }), { maxFiles: 1 })).toEqual(['ZIP_TOO_MANY_FILES'])
  })

  it('lists an encrypted file and reads the one beside it', async () => {
    expect(await codes(await zipBytes({ a: CT }, { password: 'secret' }))).toEqual(['ZIP_ENCRYPTED'])
  })

  it('opens an empty zip as nothing', async () => {
    expect(await open(await zipBytes({}))).toEqual({ files: [], setAside: [] })
  })
})
