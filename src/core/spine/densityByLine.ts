import type { DensityCalibration } from '../calibration/densityCalibration.ts'
import { type Hu, type MgPerCm3, mgPerCm3 } from '../units.ts'
import { COVERAGE_FACTOR } from './meanVbmd.ts'

/** A line ρ = slope·H + intercept with the covariance of both, however it was found. */
export type CalibrationLine = Pick<DensityCalibration, 'slope' | 'intercept' | 'covariance'>

/** A density with the parts of its doubt. */
export interface DensityWithDoubt {
  readonly vbmd: MgPerCm3
  /** Half-width of the 95 % interval: 1.96 × √(noise² + calibration²). */
  readonly uncertainty: MgPerCm3
  /** One standard uncertainty from the noise in the VOI: standard error × slope. */
  readonly noiseStandardUncertainty: MgPerCm3
  /** One standard uncertainty from slope and intercept of the calibration, with their covariance. */
  readonly calibrationStandardUncertainty: MgPerCm3
}

/**
 * The density that a line makes of a mean CT number, with its doubt:
 * √(H²·var(slope) + 2H·cov(slope, intercept) + var(intercept)) from the line, |slope|·standard error from noise.
 */
export function densityByLine(
  { slope, intercept, covariance }: CalibrationLine,
  meanHu: Hu,
  standardErrorHu: Hu,
): DensityWithDoubt {
  const [varSlope, both, varIntercept] = covariance
  const noise = Math.abs(slope) * standardErrorHu
  // Rounding can leave a tiny negative where slope and intercept cancel.
  const line = Math.sqrt(Math.max(0, meanHu * meanHu * varSlope + 2 * meanHu * both + varIntercept))
  return {
    vbmd: mgPerCm3(slope * meanHu + intercept),
    uncertainty: mgPerCm3(COVERAGE_FACTOR * Math.hypot(noise, line)),
    noiseStandardUncertainty: mgPerCm3(noise),
    calibrationStandardUncertainty: mgPerCm3(line),
  }
}
