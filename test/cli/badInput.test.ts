import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ctSlice, type SliceFields } from './ctFiles.ts'
import { runCli, testFolder } from './runCli.ts'

/** A folder with files of the given names and bytes, and the path for a result beside it. */
function input(files: Readonly<Record<string, Uint8Array | string>>) {
  const base = testFolder()
  const folder = join(base, 'in')
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return { base, folder, out: join(base, 'out') }
}

const stack = (count: number, fields: SliceFields = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, k) => [
      `${fields.studyUid ?? ''}slice${k}`,
      ctSlice({ ...fields, z: k }),
    ]),
  )

const analyze = ({ folder, out }: { folder: string; out: string }, ...words: string[]) =>
  runCli(['analyze', folder, '--out', out, '--quiet', ...words])

/** A zip whose one entry is stored with the given lengths in its headers. */
function zipOf(name: string, content: Uint8Array, claimed = content.length): Uint8Array {
  const label = new TextEncoder().encode(name)
  const local = new Uint8Array(30 + label.length + content.length)
  const localView = new DataView(local.buffer)
  localView.setUint32(0, 0x04034b50, true)
  localView.setUint16(4, 20, true)
  localView.setUint32(18, content.length, true)
  localView.setUint32(22, claimed, true)
  localView.setUint16(26, label.length, true)
  local.set(label, 30)
  local.set(content, 30 + label.length)
  const central = new Uint8Array(46 + label.length)
  const view = new DataView(central.buffer)
  view.setUint32(0, 0x02014b50, true)
  view.setUint16(4, 20, true)
  view.setUint16(6, 20, true)
  view.setUint32(20, content.length, true)
  view.setUint32(24, claimed, true)
  view.setUint16(28, label.length, true)
  central.set(label, 46)
  const end = new Uint8Array(22)
  const endView = new DataView(end.buffer)
  endView.setUint32(0, 0x06054b50, true)
  endView.setUint16(8, 1, true)
  endView.setUint16(10, 1, true)
  endView.setUint32(12, central.length, true)
  endView.setUint32(16, local.length, true)
  return new Uint8Array([...local, ...central, ...end])
}

describe('bad input ends in a coded message within seconds, with nothing half-written', () => {
  // Seven-digit claims in a tiny file must not be believed: a process that allocated them would not end in time.
  const cases: readonly (readonly [string, Readonly<Record<string, Uint8Array | string>>, RegExp])[] = [
    ['an empty folder', {}, /^NO_CT_IMAGES: /m],
    ['a text file named .dcm', { 'a.dcm': 'this is no image' }, /^(NO_CT_IMAGES|FILE_NOT_DICOM): /m],
    ['a truncated file', { a: ctSlice().slice(0, 300) }, /^(FILE_\w+|NO_CT_IMAGES|PIXELS_\w+): /m],
    ['a truncated zip', { 'a.zip': zipOf('a', ctSlice()).slice(0, 400) }, /^(ZIP_\w+|NO_CT_IMAGES): /m],
    ['a zip bomb', { 'a.zip': zipOf('a', new Uint8Array(20), 0xf0000000) }, /^(ZIP_\w+|NO_CT_IMAGES): /m],
    [
      '16 384 × 16 384 claimed',
      { a: ctSlice({ rows: 16384, columns: 16384, pixelBytes: 64 }) },
      /^[A-Z_]+: /m,
    ],
    ['NaN spacing', stack(5, { pixelSpacing: 'NaN\\NaN' }), /^(HEADER_VALUE_INVALID|NO_CT_IMAGES): /m],
  ]
  it.each(cases)('%s', (_, files, complaint) => {
    const place = input(files)
    const run = analyze(place)
    expect(run.stderr).toMatch(complaint)
    expect(run.status).toBe(2)
    expect(existsSync(place.out)).toBe(false)
    expect(readdirSync(place.base)).toEqual(['in'])
  })

  it.each([
    ['one slice', stack(1), /^GEOMETRY_\w+: /m],
    ['pixel data shorter than the header says', stack(5, { pixelBytes: 100 }), /^PIXELS_SHORT: /m],
  ])('%s', (_, files, complaint) => {
    const place = input(files)
    const run = analyze(place)
    expect(run.stderr).toMatch(complaint)
    // Found out before or after the study was recognised: no result, or a whole refused one.
    expect([2, 3]).toContain(run.status)
    expect(existsSync(place.out)).toBe(run.status === 3)
    if (run.status === 3) {
      const exam = JSON.parse(readFileSync(join(place.out, 'exam.json'), 'utf8'))
      expect(exam).toMatchObject({ status: 'refused', refusal: { code: run.stderr.split(':')[0] } })
    }
  })

  it('a path that does not exist', () => {
    const run = runCli(['analyze', '/no/such/place', '--out', join(testFolder(), 'out')])
    expect(run).toMatchObject({ status: 2, stderr: expect.stringMatching(/^PATH_NOT_FOUND: /m) })
  })
})

/** Root may read and write everything, so there the program runs as nobody, if he may reach the program at all. */
const isRoot = process.getuid?.() === 0
const nobody = isRoot ? { uid: 65534 } : {}
const canRunAsNobody = !isRoot || runCli(['--version'], nobody).status === 0

describe.skipIf(!canRunAsNobody)('[nobody] missing permission', () => {
  it('to read is told apart from a folder without images', () => {
    const place = input({ a: ctSlice() })
    chmodSync(join(place.folder, 'a'), 0)
    chmodSync(place.base, 0o777)
    const run = runCli(['analyze', place.folder, '--out', place.out, '--quiet'], nobody)
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/^FILE_UNREADABLE: /m)
    expect(readdirSync(place.base)).toEqual(['in'])
  })

  it('to write is found before any work', () => {
    const place = input({ a: ctSlice() })
    chmodSync(place.base, 0o555)
    const run = runCli(['analyze', place.folder, '--out', place.out, '--quiet'], nobody)
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/^OUTPUT_NOT_WRITABLE: .*no permission/m)
    chmodSync(place.base, 0o755)
    expect(readdirSync(place.base)).toEqual(['in'])
  })
})

describe('wrong usage ends with 2 and says what is wrong', () => {
  it.each([
    [['analyze'], /path/],
    [['analyze', '.', '--calibration', 'guess'], /auto, in-scan, asynchronous/],
    [['analyze', '.', '--levels', 'L9'], /^OPTION_INVALID: .*L9.*T12/m],
    [['nonsense'], /nonsense/],
    [['demo-exam', '--out', 'x', '--seed', '-3'], /whole number/],
  ] as const)('%j', (words, complaint) => {
    const cwd = testFolder()
    const run = runCli(words, { cwd })
    expect(run.stderr).toMatch(complaint)
    expect(run.stderr).not.toMatch(/ at .*\.ts:\d/)
    expect(run.status).toBe(2)
    expect(readdirSync(cwd)).toEqual([])
  })

  it('help is not an error, and shows how to begin', () => {
    const run = runCli(['--help'])
    expect(run.status).toBe(0)
    expect(run.stdout).toMatch(/analyze[\s\S]*demo-exam[\s\S]*self-test[\s\S]*Examples:[\s\S]*Exit codes/)
  })
})
