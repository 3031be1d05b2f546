import { type Hu, type MgPerCm3, mgPerCm3 } from '../units.ts'
import { type DensityCalibration, densityOf } from './densityCalibration.ts'
import { WATER_TERM } from './fitCalibration.ts'
import { lineInfluence } from './lineFit.ts'
import { linearScale, rodErrors, waterTermScale } from './rodErrors.ts'

/** What may make a density wrong. Which parts a route has, its budget says. */
export type BudgetPart =
  | 'certificate'
  | 'rodNoise'
  | 'rodPlacement'
  | 'fit'
  | 'drift'
  | 'tissues'
  | 'basis'
  | 'roiNoise'

/** The doubt of one density by its sources; every part is one standard uncertainty. */
export interface UncertaintyBudget {
  readonly density: MgPerCm3
  /** In the order of the route; null is not known, which is not zero. */
  readonly parts: readonly { readonly part: BudgetPart; readonly standardUncertainty: MgPerCm3 | null }[]
  /** Known parts in quadrature. */
  readonly standardUncertainty: MgPerCm3
  /** The parts that are not known and therefore not in the sum. */
  readonly unknown: readonly BudgetPart[]
}

/** Adds up the parts of a budget: independent, so in quadrature. */
export function budgetOf(
  density: MgPerCm3,
  parts: readonly (readonly [BudgetPart, number | null])[],
): UncertaintyBudget {
  return {
    density,
    parts: parts.map(([part, value]) => ({
      part,
      standardUncertainty: value === null ? null : mgPerCm3(value),
    })),
    standardUncertainty: mgPerCm3(Math.hypot(...parts.map(([, value]) => value ?? 0))),
    unknown: parts.filter(([, value]) => value === null).map(([part]) => part),
  }
}

/** Parts of several rods in quadrature; null when one of them is not known. */
const joined = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : Math.hypot(...values.map((value) => value ?? 0))

/**
 * The doubt of a density by an in-scan calibration.
 *
 * With L_i the influence of rod i on the line at the CT number, a part is √Σ(L_i·u_i)². Certificate, noise and
 * placement of the rods are independent from rod to rod; drift keeps its sign, |ΣL_i·u_i|. `fit` is what the scatter about
 * the line shows beyond these three: √ΣL_i²·max(0, s² − u_i²), so that nothing counts twice. The parts without
 * `roiNoise` add up to what the calibration's own covariance says at this CT number. First order in every error.
 *
 * @param roiStandardErrorHu - Standard error of the CT number itself.
 * @see JCGM 100:2008 (GUM), 5.1.2
 */
export function inScanBudget(
  calibration: DensityCalibration,
  ctNumber: Hu,
  roiStandardErrorHu: Hu,
): UncertaintyBudget {
  const { rods, slope, equation, residualSd } = calibration
  const density = densityOf(calibration, ctNumber)
  const isLinear = equation === 'linear'
  const scale = isLinear ? linearScale(slope) : waterTermScale(1 / slope + WATER_TERM.slope)
  /** Density per unit of the fit's y. */
  const perY = isLinear ? 1 : Math.abs(slope)
  const x = isLinear ? ctNumber : density
  const influence = lineInfluence(rods.map((rod) => (isLinear ? rod.meanHu : rod.density))) ?? []
  const weighed = rods.map((rod, at) => {
    const { onSlope, onIntercept } = influence[at] ?? { onSlope: 0, onIntercept: 0 }
    const share = perY * (onIntercept + onSlope * x)
    const { noise, placement, certificate, drift, independent } = rodErrors(rod, scale)
    const of = (value: number | null) => (value === null ? null : share * value)
    const scatter = residualSd === null ? null : residualSd / perY
    return {
      noise: share * noise,
      placement: of(placement),
      certificate: of(certificate),
      drift: of(drift),
      excess: of(scatter === null ? null : Math.sqrt(Math.max(0, scatter ** 2 - independent ** 2))),
    }
  })
  const drifts = weighed.map(({ drift }) => drift)
  return budgetOf(density, [
    ['certificate', joined(weighed.map(({ certificate }) => certificate))],
    ['rodNoise', joined(weighed.map(({ noise }) => noise))],
    ['rodPlacement', joined(weighed.map(({ placement }) => placement))],
    ['fit', joined(weighed.map(({ excess }) => excess))],
    [
      'drift',
      drifts.includes(null) ? null : Math.abs(drifts.reduce<number>((sum, drift) => sum + (drift ?? 0), 0)),
    ],
    ['roiNoise', Math.abs(slope) * roiStandardErrorHu],
  ])
}
