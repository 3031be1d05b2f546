/** More decimals than this say nothing a scanner can measure, unless a cut point asks for them. */
const MOST_DECIMALS = 1
/** Where even this many decimals print a value on its cut point, the value is the cut point for any reader. */
const DECIMALS_AT_A_CUT = 6

/**
 * A value with its doubt, as `112.4 ± 1.1`: decimals follow the doubt (two digits of it, at most one decimal).
 *
 * When rounding would put the printed value on the other side of a cut point, or onto it, one more digit is printed
 * until it no longer does, so that a reader never sees 80.0 called below 80.
 *
 * @param uncertainty - In the unit of the value; null when it is not known, and then one decimal is printed.
 */
export function printedValue(
  value: number,
  uncertainty: number | null,
  cutPoints: readonly number[] = [],
): string {
  let decimals = uncertainty !== null && uncertainty >= 9.95 ? 0 : MOST_DECIMALS
  while (decimals < DECIMALS_AT_A_CUT && crossesACut(value, decimals, cutPoints)) decimals += 1
  const text = value.toFixed(decimals).replace('-', '−')
  return uncertainty === null ? text : `${text} ± ${uncertainty.toFixed(decimals)}`
}

const crossesACut = (value: number, decimals: number, cutPoints: readonly number[]) =>
  cutPoints.some((cut) => Math.sign(Number(value.toFixed(decimals)) - cut) !== Math.sign(value - cut))
