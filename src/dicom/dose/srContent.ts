import type { DoseCode } from '../../core/dose/irradiationEvent.ts'
import { QctError } from '../../core/errors.ts'
import { type Attributes, itemsOf, textOf } from '../attributes.ts'
import { characterSetOf, namedTextOf } from '../characterSet.ts'
import { TAG } from '../tags.ts'
import { type Concept, isConcept } from './codes.ts'

/** A measured number of a content item: its characters as written, and the unit's code. */
export interface SrMeasurement {
  readonly text: string
  readonly unit: string
}

/** One content item of a structured report, with the items below it. */
export interface SrItem {
  readonly name: DoseCode | undefined
  readonly valueType: string
  /** Value of a CODE item. */
  readonly code: DoseCode | undefined
  /** Value of a TEXT, UIDREF or DATETIME item, without padding; empty where it has none. */
  readonly text: string
  /** Value of a NUM item; undefined where it has none. */
  readonly measurement: SrMeasurement | undefined
  readonly children: readonly SrItem[]
}

/** Deepest nesting that is read; TID 10011 needs seven levels. */
const DEEPEST = 24
/** Items of one report; an hour of fluoroscopy has some thousands. */
const MOST_ITEMS = 100_000

interface Reading {
  left: number
}

/** The first item of a code sequence; undefined when there is none or it has no value. */
export function codeOf(
  attributes: Attributes,
  tag: string,
  characterSet: readonly string[],
): DoseCode | undefined {
  const item = itemsOf(attributes, tag)[0]
  if (item === undefined) return undefined
  const value =
    textOf(item, TAG.codeValue) || textOf(item, TAG.longCodeValue) || textOf(item, TAG.urnCodeValue)
  if (value === '') return undefined
  return {
    value,
    scheme: textOf(item, TAG.codingSchemeDesignator),
    meaning: namedTextOf(item, TAG.codeMeaning, characterSet),
  }
}

function measurementOf(attributes: Attributes, characterSet: readonly string[]): SrMeasurement | undefined {
  const measured = itemsOf(attributes, TAG.measuredValueSequence)[0]
  if (measured === undefined) return undefined
  const text = textOf(measured, TAG.numericValue)
  if (text === '') return undefined
  return { text, unit: codeOf(measured, TAG.measurementUnitsCodeSequence, characterSet)?.value ?? '' }
}

function itemOf(
  attributes: Attributes,
  inherited: readonly string[],
  depth: number,
  reading: Reading,
): SrItem {
  reading.left -= 1
  if (depth > DEEPEST || reading.left < 0) throw new QctError('FILE_DAMAGED', { found: 'content tree' })
  const own = characterSetOf(attributes)
  const characterSet = own.length > 0 ? own : inherited
  return {
    name: codeOf(attributes, TAG.conceptNameCodeSequence, characterSet),
    valueType: textOf(attributes, TAG.valueType),
    code: codeOf(attributes, TAG.conceptCodeSequence, characterSet),
    text:
      namedTextOf(attributes, TAG.textValue, characterSet) ||
      textOf(attributes, TAG.uid) ||
      textOf(attributes, TAG.dateTime),
    measurement: measurementOf(attributes, characterSet),
    children: itemsOf(attributes, TAG.contentSequence).map((item) =>
      itemOf(item, characterSet, depth + 1, reading),
    ),
  }
}

/**
 * The content tree of a structured report.
 *
 * Names of persons are not read: nothing in this product needs them. References by identifier, which dose templates
 * do not use, are items without a value.
 *
 * @throws {QctError} `FILE_DAMAGED` when the tree is deeper or larger than any report.
 * @see DICOM PS3.3 C.17.3
 */
export const contentTree = (attributes: Attributes): SrItem =>
  itemOf(attributes, characterSetOf(attributes), 0, { left: MOST_ITEMS })

/** The items directly below that are named by a concept. */
export const childrenOf = (item: SrItem, concept: Concept): readonly SrItem[] =>
  item.children.filter(({ name }) => isConcept(name, concept))

/** The first item directly below that is named by a concept. */
export const childOf = (item: SrItem, concept: Concept): SrItem | undefined =>
  item.children.find(({ name }) => isConcept(name, concept))

/**
 * All items of a concept directly below, as if they were one: a container that stands there twice must show both its
 * contents to whoever reads numbers, so that two values for one thing are noticed. Undefined when there is none.
 */
export function joinedChild(item: SrItem, concept: Concept): SrItem | undefined {
  const [first, ...others] = childrenOf(item, concept)
  if (first === undefined || others.length === 0) return first
  return { ...first, children: [first, ...others].flatMap(({ children }) => children) }
}
