import type { ByteArrayParser, Element } from 'dicom-parser'

/** A parsed data set or sequence item: where each element lies in which bytes, and their byte order. */
export interface Attributes {
  readonly byteArray: Uint8Array
  readonly byteArrayParser: ByteArrayParser
  readonly elements: Readonly<Record<string, Element | undefined>>
}

/** Text values longer than this are not read: nothing this room asks for is longer, and a damaged length may be. */
const LONGEST_TEXT = 16_384

/** The bytes of an element's value; undefined when it is absent, empty, or reaches beyond what was read. */
export function bytesOf(attributes: Attributes, tag: string): Uint8Array | undefined {
  const element = attributes.elements[tag]
  if (element === undefined || element.items !== undefined || element.length <= 0) return undefined
  if (element.length > LONGEST_TEXT) return undefined
  const end = element.dataOffset + element.length
  return end > attributes.byteArray.length
    ? undefined
    : attributes.byteArray.subarray(element.dataOffset, end)
}

/** The value of a text element in the default repertoire, without padding; empty when absent. */
export function textOf(attributes: Attributes, tag: string): string {
  let text = ''
  for (const byte of bytesOf(attributes, tag) ?? []) text += String.fromCharCode(byte)
  return withoutPadding(text)
}

/** Removes the padding that fills a value to even length: spaces at both ends and NUL bytes. */
export const withoutPadding = (text: string) => text.replaceAll('\0', '').trim()

/** The values of a multi-valued text element, each without padding; empty when absent. */
export function textsOf(attributes: Attributes, tag: string): readonly string[] {
  const text = textOf(attributes, tag)
  return text === '' ? [] : text.split('\\').map((value) => value.trim())
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/**
 * The numbers of a DS or IS element, each the double nearest to its decimal text; NaN where the text is no number,
 * so that "1,5" or "NaN" is noticed and not read as 1 or dropped.
 * @see DICOM PS3.5 6.2
 */
export const numbersOf = (attributes: Attributes, tag: string): readonly number[] =>
  textsOf(attributes, tag).map((value) => (DECIMAL.test(value) ? Number(value) : Number.NaN))

/** The first number of a DS or IS element; undefined when absent or no finite number. */
export function numberOf(attributes: Attributes, tag: string): number | undefined {
  const value = numbersOf(attributes, tag)[0]
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

/** The value of an FD element; undefined when absent or no finite number. */
export function doubleOf(attributes: Attributes, tag: string): number | undefined {
  const bytes = bytesOf(attributes, tag)
  if (bytes === undefined || bytes.length < 8) return undefined
  const value = attributes.byteArrayParser.readDouble(bytes, 0)
  return Number.isFinite(value) ? value : undefined
}

/** The value of a US or SS element as its 16 raw bits; undefined when absent. */
export function wordOf(attributes: Attributes, tag: string): number | undefined {
  const bytes = bytesOf(attributes, tag)
  return bytes === undefined || bytes.length < 2 ? undefined : attributes.byteArrayParser.readUint16(bytes, 0)
}

/** The items of a sequence; empty when absent. */
export function itemsOf(attributes: Attributes, tag: string): readonly Attributes[] {
  const items = attributes.elements[tag]?.items ?? []
  return items.flatMap((item) => (item.dataSet === undefined ? [] : [item.dataSet as Attributes]))
}

/** A DICOM date (or the date part of a date-time) as ISO `yyyy-mm-dd`; empty when absent or impossible. */
export function isoDateOf(attributes: Attributes, tag: string): string {
  const found = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})/.exec(textOf(attributes, tag))
  if (found === null) return ''
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  const isPossible = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isPossible ? `${found[1]}-${found[2]}-${found[3]}` : ''
}

/** A DICOM time as `hh:mm:ss`; empty when absent or impossible. Fractions of a second are left out. */
export function isoTimeOf(attributes: Attributes, tag: string): string {
  const found = /^([01]\d|2[0-3]):?([0-5]\d)?:?([0-5]\d)?/.exec(textOf(attributes, tag))
  return found === null ? '' : `${found[1]}:${found[2] ?? '00'}:${found[3] ?? '00'}`
}

/** What stands in a numeric attribute or UID, for a message: other characters could be anything, even a name. */
export const forMessage = (text: string) =>
  /nan|inf/i.test(text) ? 'not a number' : text.slice(0, 64).replace(/[^\d.eE+\-\\]/g, '?') || 'nothing'
