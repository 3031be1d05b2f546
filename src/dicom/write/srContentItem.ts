import { type DataElement, decimalString } from './dataElement.ts'

/** A code as it is written: scheme, value, meaning. */
export type WrittenCode = readonly [scheme: string, value: string, meaning: string]

/** How an item stands to the one above it. @see DICOM PS3.3 C.17.3.2.4 */
type Relationship = 'CONTAINS' | 'HAS CONCEPT MOD' | 'HAS OBS CONTEXT' | 'HAS PROPERTIES'

/** One content item: its elements without the relationship, which the item above gives it. */
export type WrittenItem = readonly DataElement[]
/** A content item in its place below another. */
export type PlacedItem = readonly [Relationship, WrittenItem]

const codeItem = ([scheme, value, meaning]: WrittenCode): readonly DataElement[] => [
  [0x00080100, 'SH', value],
  [0x00080102, 'SH', scheme],
  [0x00080104, 'LO', meaning],
]

const placed = ([relation, item]: PlacedItem): WrittenItem => [[0x0040a010, 'CS', relation], ...item]

const contentOf = (children: readonly PlacedItem[]): DataElement[] =>
  children.length === 0 ? [] : [[0x0040a730, 'SQ', children.map(placed)]]

const item = (
  valueType: string,
  name: WrittenCode,
  value: readonly DataElement[],
  children: readonly PlacedItem[],
): WrittenItem => [
  [0x0040a040, 'CS', valueType],
  [0x0040a043, 'SQ', [codeItem(name)]],
  ...value,
  ...contentOf(children),
]

/** A container of further items. @see DICOM PS3.3 C.18.8 */
export const container = (name: WrittenCode, children: readonly PlacedItem[]): WrittenItem =>
  item('CONTAINER', name, [[0x0040a050, 'CS', 'SEPARATE']], children)

/** A coded value. @see DICOM PS3.3 C.18.2 */
export const coded = (
  name: WrittenCode,
  value: WrittenCode,
  children: readonly PlacedItem[] = [],
): WrittenItem => item('CODE', name, [[0x0040a168, 'SQ', [codeItem(value)]]], children)

/** A text. */
export const text = (name: WrittenCode, value: string, children: readonly PlacedItem[] = []): WrittenItem =>
  item('TEXT', name, [[0x0040a160, 'UT', value]], children)

/** A UID. */
export const uidReference = (name: WrittenCode, value: string): WrittenItem =>
  item('UIDREF', name, [[0x0040a124, 'UI', value]], [])

/** A date and time, as DICOM writes one. */
export const dateTime = (name: WrittenCode, value: string): WrittenItem =>
  item('DATETIME', name, [[0x0040a120, 'DT', value]], [])

/**
 * A number with its UCUM unit. A text is written as it is, so that the digits of a source stay; a number as its
 * shortest decimal.
 *
 * @throws {RangeError} For a number that is not finite, or a text that is no decimal.
 * @see DICOM PS3.3 C.18.1
 */
export function measured(
  name: WrittenCode,
  value: number | string,
  unit: string,
  meaning = unit,
): WrittenItem {
  const digits = typeof value === 'number' ? decimalString(value) : value
  if (!/^-?\d+(\.\d+)?$/.test(digits)) throw new RangeError('a measured value must be a plain decimal')
  const units = codeItem(['UCUM', unit, meaning])
  const numeric: DataElement[] = [
    [0x0040a30a, 'DS', digits],
    [0x004008ea, 'SQ', [units]],
  ]
  return item('NUM', name, [[0x0040a300, 'SQ', [numeric]]], [])
}

/** The elements of a root container, its template named. @see DICOM PS3.3 C.17.3, C.18.8 */
export const rootContainer = (
  name: WrittenCode,
  template: string,
  children: readonly PlacedItem[],
): WrittenItem => [
  ...container(name, children),
  [
    0x0040a504,
    'SQ',
    [
      [
        [0x00080105, 'CS', 'DCMR'],
        [0x0040db00, 'CS', template],
      ],
    ],
  ],
]
