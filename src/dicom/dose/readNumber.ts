import { type StatedQuantity, statedQuantity } from '../../core/dose/statedQuantity.ts'
import { type QctWarning, qctWarning } from '../../core/errors.ts'
import { phrase, type WordKey } from '../../core/words/words.ts'
import { forMessage } from '../attributes.ts'
import type { Concept } from './codes.ts'
import { childrenOf, type SrItem } from './srContent.ts'

/** The UCUM codes under which a unit is met. DLP is written `mGycm` by some scanners. Of ratios and counts any. */
const CODES_OF_UNIT = {
  mGy: ['mGy'],
  mGy·cm: ['mGy.cm', 'mGycm'],
  s: ['s'],
  mm: ['mm'],
  mA: ['mA'],
  kV: ['kV', 'kVp'],
  '1': undefined,
} as const

type ReadUnit = keyof typeof CODES_OF_UNIT
type UnitName<U extends ReadUnit> = U extends 'kV' ? 'kVp' : U

/** Names a quantity in messages; phrases in `dose.quantity`. */
export type QuantityName = WordKey extends infer K
  ? K extends `dose.quantity.${infer Name}`
    ? Name
    : never
  : never

/** Takes the number below an item that a concept names; undefined where it is absent or cannot be trusted. */
export type NumberReader = <U extends ReadUnit>(
  item: SrItem,
  concept: Concept,
  quantity: QuantityName,
  unit: U,
) => StatedQuantity<UnitName<U>> | undefined

/** What a code may show in a message: unit codes are short and hold no blank. */
const unitForMessage = (unit: string) => unit.replace(/[^\w.{}/[\]-]/g, '?').slice(0, 24) || '-'

/**
 * Makes a reader of numbers that writes down why it left one out: no plain decimal, another unit than expected, or
 * two different values under one name. A number is never converted, cut or guessed.
 *
 * @param doubts - Receives the doubts.
 */
export function numberReader(doubts: QctWarning[]): NumberReader {
  return <U extends ReadUnit>(item: SrItem, concept: Concept, name: QuantityName, unit: U) => {
    const quantity = phrase(`dose.quantity.${name}`)
    const measured = childrenOf(item, concept).flatMap(({ measurement }) => measurement ?? [])
    const first = measured[0]
    if (first === undefined) return undefined
    if (measured.some(({ text, unit: other }) => text !== first.text || other !== first.unit)) {
      doubts.push(qctWarning('DOSE_VALUE_REPEATED', { quantity }))
      return undefined
    }
    const known: readonly string[] | undefined = CODES_OF_UNIT[unit]
    if (known !== undefined && !known.includes(first.unit)) {
      doubts.push(qctWarning('DOSE_UNIT_UNKNOWN', { quantity, found: unitForMessage(first.unit) }))
      return undefined
    }
    const stated = statedQuantity<UnitName<U>>(first.text)
    if (stated === undefined)
      doubts.push(qctWarning('DOSE_NUMBER_UNREADABLE', { quantity, found: forMessage(first.text) }))
    return stated
  }
}

/** Leaves out what is undefined, so that absent stays absent. */
export const present = <T extends object>(facts: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T
