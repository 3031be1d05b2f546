import type { NamedBlob } from '../../src/dicom/namedBlob.ts'

/** How the elements of a test file are written. */
export type Writing = 'implicit-le' | 'explicit-le' | 'explicit-be'

/** One element: tag, VR, and its value as text, 16-bit words, bytes, or items of a sequence. */
export type TestElement = readonly [
  tag: number,
  vr: string,
  value: string | readonly number[] | Uint8Array | readonly (readonly TestElement[])[] | Encapsulated,
]

/** Encapsulated pixel data: its fragments, and the basic offset table's offsets. */
export interface Encapsulated {
  readonly fragments: readonly Uint8Array[]
  readonly offsets?: readonly number[]
}

const LONG = new Set(['OB', 'OW', 'OF', 'SQ', 'UN', 'UT', 'OV'])

/** Joins byte arrays. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const number = (value: number, size: 2 | 4, isLittle: boolean) => {
  const view = new DataView(new ArrayBuffer(size))
  if (size === 2) view.setUint16(0, value & 0xffff, isLittle)
  else view.setUint32(0, value, isLittle)
  return new Uint8Array(view.buffer)
}

const even = (bytes: Uint8Array, pad: number) =>
  bytes.length % 2 === 0 ? bytes : joinBytes([bytes, Uint8Array.of(pad)])

const tagBytes = (tag: number, isLittle: boolean) =>
  joinBytes([number(tag >>> 16, 2, isLittle), number(tag & 0xffff, 2, isLittle)])

/** Text as bytes: each character is one byte, as the default repertoire and Latin-1 are. */
export const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

function elementBytes([tag, vr, value]: TestElement, writing: Writing): Uint8Array {
  const isLittle = writing !== 'explicit-be'
  let body: Uint8Array
  let length: number | undefined
  if (typeof value === 'string') body = even(latin1(value), vr === 'UI' ? 0 : 32)
  else if (value instanceof Uint8Array) body = even(value, 0)
  else if ('fragments' in value) {
    body = encapsulated(value)
    length = 0xffff_ffff
  } else if (vr === 'SQ')
    body = joinBytes((value as readonly (readonly TestElement[])[]).map((item) => itemBytes(item, writing)))
  else body = joinBytes((value as readonly number[]).map((word) => number(word, 2, isLittle)))
  const head = tagBytes(tag, isLittle)
  const size = length ?? body.length
  if (writing === 'implicit-le') return joinBytes([head, number(size, 4, true), body])
  if (LONG.has(vr)) return joinBytes([head, latin1(vr), Uint8Array.of(0, 0), number(size, 4, isLittle), body])
  return joinBytes([head, latin1(vr), number(size, 2, isLittle), body])
}

function itemBytes(elements: readonly TestElement[], writing: Writing): Uint8Array {
  const isLittle = writing !== 'explicit-be'
  const body = dataSetBytes(elements, writing)
  return joinBytes([tagBytes(0xfffe_e000, isLittle), number(body.length, 4, isLittle), body])
}

function encapsulated({ fragments, offsets = [] }: Encapsulated): Uint8Array {
  const item = (bytes: Uint8Array) =>
    joinBytes([tagBytes(0xfffe_e000, true), number(bytes.length, 4, true), bytes])
  const table = joinBytes(offsets.map((offset) => number(offset, 4, true)))
  return joinBytes([
    item(table),
    ...fragments.map((fragment) => item(even(fragment, 0))),
    tagBytes(0xfffe_e0dd, true),
    number(0, 4, true),
  ])
}

/** The elements of a data set, in order of their tags. */
export const dataSetBytes = (elements: readonly TestElement[], writing: Writing): Uint8Array<ArrayBuffer> =>
  joinBytes([...elements].sort((a, b) => a[0] - b[0]).map((element) => elementBytes(element, writing)))

/** Preamble and file meta information for a transfer syntax. */
export function metaBytes(transferSyntax: string, sopClass = '1.2.840.10008.5.1.4.1.1.2'): Uint8Array {
  const meta = dataSetBytes(
    [
      [0x0002_0002, 'UI', sopClass],
      [0x0002_0010, 'UI', transferSyntax],
    ],
    'explicit-le',
  )
  return joinBytes([new Uint8Array(128), latin1('DICM'), meta])
}

/** Replaces, adds, or (with undefined) removes elements by tag. */
export type Changes = Readonly<Record<number, TestElement | undefined>>

/** The elements of a plain 4 × 3 CT slice with slope 1 and intercept −1024, and whatever is changed. */
export function ctElements(changes: Changes = {}): TestElement[] {
  const plain: TestElement[] = [
    [0x0008_0008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    [0x0008_0018, 'UI', '1.2.3.4.5'],
    [0x0008_0020, 'DA', '20260102'],
    [0x0008_0060, 'CS', 'CT'],
    [0x0010_0010, 'PN', 'Test^Case'],
    [0x0010_0020, 'LO', 'ID-1'],
    [0x0010_0030, 'DA', '19500704'],
    [0x0010_0040, 'CS', 'F'],
    [0x0018_0060, 'DS', '120'],
    [0x0020_000d, 'UI', '1.2.3'],
    [0x0020_000e, 'UI', '1.2.3.4'],
    [0x0020_0013, 'IS', '7'],
    [0x0020_0032, 'DS', '-1.5\\2\\30.25'],
    [0x0020_0037, 'DS', '1\\0\\0\\0\\1\\0'],
    [0x0028_0002, 'US', [1]],
    [0x0028_0004, 'CS', 'MONOCHROME2'],
    [0x0028_0010, 'US', [3]],
    [0x0028_0011, 'US', [4]],
    [0x0028_0030, 'DS', '0.8\\0.7'],
    [0x0028_0100, 'US', [16]],
    [0x0028_0101, 'US', [16]],
    [0x0028_0102, 'US', [15]],
    [0x0028_0103, 'US', [1]],
    [0x0028_1052, 'DS', '-1024'],
    [0x0028_1053, 'DS', '1'],
    [0x7fe0_0010, 'OW', PIXELS],
  ]
  const kept = plain.filter(([tag]) => !(tag in changes))
  return [...kept, ...Object.values(changes).filter((element) => element !== undefined)]
}

/** Stored values of the plain slice. */
export const PIXELS: readonly number[] = [0, 1, -1, 1024, -1000, 2000, 300, -32_768, 32_767, 5, 6, 7]

const EXPLICIT = '1.2.840.10008.1.2.1'
const WRITING: Readonly<Record<string, Writing>> = {
  '1.2.840.10008.1.2': 'implicit-le',
  '1.2.840.10008.1.2.2': 'explicit-be',
}

/** A CT file of `ctElements` in a transfer syntax. */
export const ctBytes = (changes: Changes = {}, transferSyntax = EXPLICIT): Uint8Array<ArrayBuffer> =>
  joinBytes([
    metaBytes(transferSyntax),
    dataSetBytes(ctElements(changes), WRITING[transferSyntax] ?? 'explicit-le'),
  ])

/** Bytes as a file of a drop. */
export const named = (bytes: Uint8Array<ArrayBuffer>, path = 'IM1'): NamedBlob => ({
  path,
  blob: new Blob([bytes]),
})
