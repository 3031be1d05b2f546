import { WATER_TERM } from '../../../core/calibration/fitCalibration.ts'
import type { CalibrationResult } from '../../../exam/record/results.ts'

/** A rod as a point of the calibration plot. */
export interface RodPoint {
  readonly label: string
  /** CT number that water plus this mineral would show, in HU: the abscissa on which the fit is a line. */
  readonly hu: number
  readonly densityMgPerCm3: number
  /** Distance from the line along the density axis, in mg/cm³; null without a line. */
  readonly offLine: number | null
}

/**
 * The rods of a calibration where the fit sees them. Rods of a water-term phantom are no water plus mineral; they are
 * placed where water plus their mineral would lie, so that their distance from the line is the residual of the fit.
 */
export function rodPoints(calibration: CalibrationResult): RodPoint[] {
  const { rods, equation, slopeMgPerCm3PerHu: slope, interceptMgPerCm3: intercept } = calibration
  return rods.map(({ label, meanHu, densityMgPerCm3, waterDensityMgPerCm3 }) => {
    const water =
      equation === 'water-term' && waterDensityMgPerCm3 !== null
        ? waterDensityMgPerCm3 - WATER_TERM.offset + WATER_TERM.slope * densityMgPerCm3
        : 0
    const hu = meanHu - water
    return {
      label,
      hu,
      densityMgPerCm3,
      offLine: slope === null || intercept === null ? null : densityMgPerCm3 - (slope * hu + intercept),
    }
  })
}
