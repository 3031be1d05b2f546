import type { Quantity } from '../units.ts'

/**
 * A number as a dose object states it: its value, and the characters it was written with. A report prints the
 * characters, so that 251.20 stays 251.20 and can be found again on the scanner's sheet.
 */
export interface StatedQuantity<U extends string> {
  readonly value: Quantity<U>
  readonly digits: string
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const PLAIN = /^\d+(?:\.\d+)?$/

/**
 * Reads a decimal text as a non-negative number, and nothing else: `10.50/ 15.00`, `1,5` and `12 mGy` are no numbers,
 * though `parseFloat` would take the first digits of each.
 *
 * @returns Undefined for a text that is no finite number, or a negative one: no quantity of a dose object is.
 * @see DICOM PS3.5 6.2 (DS)
 */
export function statedQuantity<U extends string>(text: string): StatedQuantity<U> | undefined {
  const digits = text.trim()
  const value = DECIMAL.test(digits) ? Number(digits) : Number.NaN
  return Number.isFinite(value) && value >= 0 ? { value: value as Quantity<U>, digits } : undefined
}

/** What is printed of a stated number: its own digits, or, where it was written with an exponent or sign, its value. */
export const printedDigits = ({
  value,
  digits,
}: {
  readonly value: number
  readonly digits: string
}): string => (PLAIN.test(digits) ? digits : String(value))

/** Half a unit of the last digit written: how far the number may lie from what was rounded to it. */
export function roundingOf({ digits }: { readonly digits: string }): number {
  const decimals = PLAIN.test(digits) ? (digits.split('.')[1] ?? '').length : 0
  return 0.5 * 10 ** -decimals
}
