import type { CalibrationRoute } from '../calibration/calibrationRoute.ts'
import { LEAST_LEVELS } from '../spine/meanVbmd.ts'
import type { PopulationVerdict } from './population.ts'

interface SpineRow {
  readonly vbmd: 'yes' | 'with limitation' | 'research' | 'no'
  readonly category: 'yes' | 'site policy' | 'no'
}

/** What may be printed of a spine, by calibration route. */
export const SPINE_PRINTING: Readonly<Record<CalibrationRoute, SpineRow>> = {
  'in-scan': { vbmd: 'yes', category: 'yes' },
  asynchronous: { vbmd: 'yes', category: 'yes' },
  'tissue-precalibrated': { vbmd: 'with limitation', category: 'site policy' },
  'tissue-raw': { vbmd: 'research', category: 'no' },
  'dual-energy': { vbmd: 'research', category: 'no' },
  none: { vbmd: 'no', category: 'no' },
}

/** Why no category is printed. Words: `en.json`, section `report.withheld`. */
export type CategoryWithheld =
  | 'route'
  | 'researchRoute'
  | 'sitePolicy'
  | 'qualityNotPassed'
  | 'tooFewLevels'
  | 'contrast'
  | 'child'
  | 'youngAdult'
  | 'missingSex'
  | 'missingAge'
  | 'missingMenopausalStatus'

/** What a spine exam's circumstances are, as far as printing depends on them. */
export interface SpineCircumstances {
  readonly route: CalibrationRoute
  readonly contrastGiven: boolean
  readonly evaluableLevels: number
  readonly population: PopulationVerdict
  /**
   * Whether a quality check of scanner and phantom up to the day of the scan passed: an asynchronous calibration gives
   * a category only then. Other routes do not ask.
   */
  readonly qualityPassed?: boolean
}

/** What may be printed of this spine exam. */
export interface SpinePrinting {
  readonly vbmd: boolean
  readonly mean: boolean
  readonly category: boolean
  /** The first reason, in order of weight, for which no category is printed; null when one is. */
  readonly categoryWithheld: CategoryWithheld | null
}

/**
 * Decides what may be printed of a spine exam.
 *
 * A category needs a route that allows it without a site policy, two evaluable vertebrae, no contrast agent, and a
 * patient to whom the cut points apply.
 * @see ACR–SPR–SSR practice parameter for musculoskeletal QCT, IV.C.2, IV.D, IV.E, V.A
 */
export function spinePrinting(circumstances: SpineCircumstances): SpinePrinting {
  const row = SPINE_PRINTING[circumstances.route]
  const vbmd = row.vbmd !== 'no'
  const enough = circumstances.evaluableLevels >= LEAST_LEVELS
  const categoryWithheld = whyWithheld(circumstances, row, enough)
  return { vbmd, mean: vbmd && enough, category: categoryWithheld === null, categoryWithheld }
}

function whyWithheld(
  { route, contrastGiven, population, qualityPassed = false }: SpineCircumstances,
  row: SpineRow,
  enough: boolean,
): CategoryWithheld | null {
  if (row.vbmd === 'no') return 'route'
  if (row.category === 'no') return 'researchRoute'
  if (row.category === 'site policy') return 'sitePolicy'
  if (route === 'asynchronous' && !qualityPassed) return 'qualityNotPassed'
  if (population.population === 'C') return 'child'
  if (population.population === 'B') return 'youngAdult'
  if (!enough) return 'tooFewLevels'
  if (contrastGiven) return 'contrast'
  if (population.population !== null) return null
  if (population.missing === 'sex') return 'missingSex'
  return population.missing === 'age' ? 'missingAge' : 'missingMenopausalStatus'
}
