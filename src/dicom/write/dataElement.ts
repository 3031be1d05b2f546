/** Value representations the writer knows. @see DICOM PS3.5 section 6.2 */
export type WrittenVr =
  | 'AE'
  | 'AS'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'DT'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'OB'
  | 'OW'
  | 'PN'
  | 'SH'
  | 'SQ'
  | 'SS'
  | 'ST'
  | 'TM'
  | 'UI'
  | 'UL'
  | 'US'
  | 'UT'

/**
 * Value of one element: text, numbers, bytes as they go into the file, or the items of a sequence; an empty list is an
 * empty value.
 */
export type WrittenValue =
  | string
  | number
  | readonly string[]
  | readonly number[]
  | Uint8Array
  | readonly (readonly DataElement[])[]

/** One data element to write: tag as 0xggggeeee, its representation, its value. */
export type DataElement = readonly [tag: number, vr: WrittenVr, value: WrittenValue]

/** Representations with a 32-bit length after two reserved bytes. @see DICOM PS3.5 section 7.1.2 */
const LONG_LENGTH: ReadonlySet<WrittenVr> = new Set(['OB', 'OW', 'SQ', 'UT'])
const MAX_SHORT_LENGTH = 0xfffe
/** Tag and length of a sequence's item. */
const ITEM_HEAD = 8
const utf8 = new TextEncoder()

/**
 * The shortest decimal string of a number that fits a DS value (16 characters) and reads back as near as it can.
 * @see DICOM PS3.5 section 6.2
 * @throws {RangeError} For a number that is not finite: there is no DS for it.
 */
export function decimalString(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a DICOM decimal string must be finite')
  const plain = String(value)
  if (plain.length <= 16) return plain
  for (let digits = 16; digits > 0; digits--) {
    const shorter = String(Number(value.toPrecision(digits)))
    if (shorter.length <= 16) return shorter
  }
  return value.toExponential(8)
}

function textBytes(
  vr: WrittenVr,
  value: string | readonly string[] | number | readonly number[],
): Uint8Array {
  const parts = (Array.isArray(value) ? value : [value]) as readonly (string | number)[]
  const words = parts.map((part) =>
    typeof part === 'string' ? part : vr === 'DS' ? decimalString(part) : String(Math.trunc(part)),
  )
  const text = utf8.encode(words.join('\\'))
  if (text.length % 2 === 0) return text
  const even = new Uint8Array(text.length + 1)
  even.set(text)
  even[text.length] = vr === 'UI' ? 0 : 0x20
  return even
}

function numberBytes(vr: 'US' | 'SS' | 'UL', value: number | readonly number[]): Uint8Array {
  const numbers = typeof value === 'number' ? [value] : value
  const size = vr === 'UL' ? 4 : 2
  const view = new DataView(new ArrayBuffer(numbers.length * size))
  numbers.forEach((number, index) => {
    if (vr === 'UL') view.setUint32(index * 4, number, true)
    else if (vr === 'SS') view.setInt16(index * 2, number, true)
    else view.setUint16(index * 2, number, true)
  })
  return new Uint8Array(view.buffer)
}

/** Items of defined length, one after the other. @see DICOM PS3.5 section 7.5 */
function itemBytes(items: readonly (readonly DataElement[])[]): Uint8Array {
  const bodies = items.map(encodeElements)
  const out = new Uint8Array(bodies.reduce((sum, body) => sum + ITEM_HEAD + body.length, 0))
  const view = new DataView(out.buffer)
  let at = 0
  for (const body of bodies) {
    view.setUint16(at, 0xfffe, true)
    view.setUint16(at + 2, 0xe000, true)
    view.setUint32(at + 4, body.length, true)
    out.set(body, at + ITEM_HEAD)
    at += ITEM_HEAD + body.length
  }
  return out
}

function valueBytes([, vr, value]: DataElement): Uint8Array {
  if (vr === 'SQ') return itemBytes(value as readonly (readonly DataElement[])[])
  if (value instanceof Uint8Array) {
    if (value.length % 2 === 0) return value
    const even = new Uint8Array(value.length + 1)
    even.set(value)
    return even
  }
  if (vr === 'US' || vr === 'SS' || vr === 'UL') return numberBytes(vr, value as number | readonly number[])
  return textBytes(vr, value as string | readonly string[] | number | readonly number[])
}

/**
 * Encodes data elements in explicit VR little endian, sorted by tag.
 *
 * @throws {RangeError} When a value is too long for its representation's length field.
 * @see DICOM PS3.5 section 7.1
 */
export function encodeElements(elements: readonly DataElement[]): Uint8Array {
  const sorted = [...elements].sort((first, second) => first[0] - second[0])
  const values = sorted.map(valueBytes)
  const size = values.reduce(
    (sum, value, index) => sum + value.length + (LONG_LENGTH.has(sorted[index]![1]) ? 12 : 8),
    0,
  )
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  let at = 0
  sorted.forEach(([tag, vr], index) => {
    const value = values[index]!
    view.setUint16(at, tag >>> 16, true)
    view.setUint16(at + 2, tag & 0xffff, true)
    out[at + 4] = vr.charCodeAt(0)
    out[at + 5] = vr.charCodeAt(1)
    if (LONG_LENGTH.has(vr)) {
      view.setUint32(at + 8, value.length, true)
      at += 12
    } else {
      if (value.length > MAX_SHORT_LENGTH)
        throw new RangeError(`a ${vr} value cannot hold ${value.length} bytes`)
      view.setUint16(at + 6, value.length, true)
      at += 8
    }
    out.set(value, at)
    at += value.length
  })
  return out
}
