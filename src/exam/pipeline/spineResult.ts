import type { CalibrationRoute } from '../../core/calibration/calibrationRoute.ts'
import { type QctWarning, qctWarning } from '../../core/errors.ts'
import { reportPopulation } from '../../core/report/population.ts'
import { spinePrinting } from '../../core/report/printingMatrix.ts'
import { meanVbmd } from '../../core/spine/meanVbmd.ts'
import { spineCategory } from '../../core/spine/spineCategory.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamPatient } from '../record/inputs.ts'
import type { SpineResult } from '../record/results.ts'
import type { MeasuredLevel } from './measureLevel.ts'

/** What decides, beside the levels, what may be said of a spine. */
export interface SpineCircumstances {
  readonly patient: ExamPatient
  readonly contrastGiven: boolean
  readonly route: CalibrationRoute
  /** Of an asynchronous calibration: whether its quality check passed. */
  readonly qualityPassed: boolean
  readonly screening: SpineResult['screening']
  readonly disagreements: SpineResult['disagreements']
}

/**
 * Mean and category of the measured levels as far as they may be printed, with the doubts of both.
 *
 * The category is that of the unrounded mean. Where none may be given, the reason stands in its place.
 */
export function spineResult(
  measured: readonly MeasuredLevel[],
  { patient, contrastGiven, route, qualityPassed, screening, disagreements }: SpineCircumstances,
): { readonly result: SpineResult; readonly warnings: readonly QctWarning[] } {
  const densities = measured.flatMap(({ density }) => (density === null ? [] : [density]))
  const printing = spinePrinting({
    route,
    qualityPassed,
    contrastGiven,
    evaluableLevels: densities.length,
    population: reportPopulation(patient),
  })
  const levels = measured.map(({ result }) => result)
  const withheld = (reason: NonNullable<typeof printing.categoryWithheld>) => ({
    code: reason,
    message: phrase(`report.withheld.${reason}`),
  })
  const without = (reason: NonNullable<typeof printing.categoryWithheld>): SpineResult => ({
    levels,
    meanVbmdMgPerCm3: null,
    meanUncertaintyMgPerCm3: null,
    category: null,
    categoryWithheld: withheld(reason),
    screening,
    disagreements,
  })
  if (!printing.vbmd) return { result: without('route'), warnings: [] }

  const { mean, uncertainty, warnings } = meanVbmd(densities)
  if (!printing.mean || mean === null || uncertainty === null)
    return { result: without(printing.categoryWithheld ?? 'tooFewLevels'), warnings }
  const verdict = spineCategory(mean, uncertainty)
  return {
    result: {
      levels,
      meanVbmdMgPerCm3: mean,
      meanUncertaintyMgPerCm3: uncertainty,
      category: printing.category ? verdict.category : null,
      categoryWithheld: printing.categoryWithheld === null ? null : withheld(printing.categoryWithheld),
      screening,
      disagreements,
    },
    warnings: printing.category
      ? [...warnings, ...categoryWarnings(verdict.cutsInInterval, densities[0]?.mineral)]
      : warnings,
  }
}

/** The doubts of a category that is printed. */
function categoryWarnings(cuts: readonly number[], mineral: string | undefined): QctWarning[] {
  return [
    ...(cuts.length > 0 ? [qctWarning('CATEGORY_UNCERTAIN', { cuts })] : []),
    ...(mineral === 'HA' || mineral === 'CaCO3' ? [qctWarning('CATEGORY_HA_PHANTOM', { mineral })] : []),
  ]
}
