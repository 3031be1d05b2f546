import type { MgPerCm3 } from '../units.ts'

/**
 * The spine category by volumetric density: normal, or the range that is approximately equivalent to the WHO
 * category osteopenia or osteoporosis. It is never derived from a T-score.
 */
export type SpineCategory = 'normal' | 'osteopenia-equivalent' | 'osteoporosis-equivalent'

/**
 * The two cut points in mg/cm³: above 120 normal, 80 to 120 (both included) osteopenia-equivalent, below 80
 * osteoporosis-equivalent.
 *
 * @see Chinese expert consensus on QCT, PMC7495321, Table 2
 */
export const SPINE_CATEGORY_CUTS = [80, 120] as const

/** A category and how sure it is. */
export interface CategoryVerdict {
  readonly category: SpineCategory
  /** The cut points that lie inside the 95 % interval of the value; empty when the category is certain. */
  readonly cutsInInterval: readonly number[]
}

/** The category of an unrounded density in mg/cm³. */
export function categoryOf(density: number): SpineCategory {
  if (density > SPINE_CATEGORY_CUTS[1]) return 'normal'
  return density >= SPINE_CATEGORY_CUTS[0] ? 'osteopenia-equivalent' : 'osteoporosis-equivalent'
}

/**
 * The spine category of a level mean, on the unrounded value, with the cut points its 95 % interval crosses.
 *
 * @param mean - Mean trabecular vBMD of at least two vertebrae.
 * @param uncertainty - Half-width of its 95 % interval.
 */
export function spineCategory(mean: MgPerCm3, uncertainty: MgPerCm3): CategoryVerdict {
  const [low, high] = [categoryOf(mean - uncertainty), categoryOf(mean + uncertainty)]
  const order: readonly SpineCategory[] = ['osteoporosis-equivalent', 'osteopenia-equivalent', 'normal']
  const cutsInInterval = SPINE_CATEGORY_CUTS.filter(
    (_, index) => order.indexOf(low) <= index && order.indexOf(high) > index,
  )
  return { category: categoryOf(mean), cutsInInterval }
}

/**
 * A density in words for print: rounded to `digits`, with more digits where rounding would carry the value across
 * a cut point, so that the printed number and the printed category never contradict each other.
 */
export function densityInPrint(density: MgPerCm3, digits = 1): string {
  let shown = density.toFixed(digits)
  // Ten digits are more than any CT number carries; beyond them the value is the cut point.
  for (let more = digits; more < 10 && categoryOf(Number(shown)) !== categoryOf(density); more++) {
    shown = density.toFixed(more + 1)
  }
  return shown
}
