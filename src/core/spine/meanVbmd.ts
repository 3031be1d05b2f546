import { type QctWarning, qctWarning } from '../errors.ts'
import { type MgPerCm3, type Mineral, mgPerCm3, type VertebralLevel } from '../units.ts'

/** The calibrated density of one evaluable vertebra, as it enters the mean. */
export interface LevelDensity {
  readonly level: VertebralLevel
  readonly mineral: Mineral
  readonly vbmd: MgPerCm3
  /** Standard uncertainty from the noise in the VOI: independent between levels. */
  readonly noiseStandardUncertainty: MgPerCm3
  /** Standard uncertainty from the calibration: shared by levels of one phantom. */
  readonly calibrationStandardUncertainty: MgPerCm3
}

/** The mean of the evaluable levels, or the reason why there is none. */
export interface MeanVbmd {
  readonly levels: readonly VertebralLevel[]
  readonly mean: MgPerCm3 | null
  /** Half-width of the 95 % interval; null without a mean. */
  readonly uncertainty: MgPerCm3 | null
  readonly warnings: readonly QctWarning[]
}

/**
 * Fewer evaluable vertebrae give no mean.
 * @see Chinese expert consensus on QCT, PMC7495321
 */
export const LEAST_LEVELS = 2
/** A 95 % interval of a normal distribution reaches this many standard uncertainties to either side. */
export const COVERAGE_FACTOR = 1.96

/**
 * The mean trabecular vBMD of the evaluable levels, each level counting once.
 *
 * Noise is independent between levels and shrinks in the mean; the calibration's doubt is taken as common to all
 * levels (same rods, same scan) and does not.
 */
export function meanVbmd(densities: readonly LevelDensity[]): MeanVbmd {
  const levels = densities.map(({ level }) => level)
  const without = (warning: QctWarning): MeanVbmd => ({
    levels,
    mean: null,
    uncertainty: null,
    warnings: [warning],
  })
  const n = densities.length
  if (n < LEAST_LEVELS) {
    return without(qctWarning('MEAN_NEEDS_TWO_LEVELS', { found: n, required: LEAST_LEVELS }))
  }
  if (densities.some(({ mineral }) => mineral !== densities[0]!.mineral)) {
    return without(qctWarning('MEAN_MIXES_MINERALS', {}))
  }
  const mean = densities.reduce((sum, { vbmd }) => sum + vbmd, 0) / n
  const noise = Math.sqrt(densities.reduce((sum, d) => sum + d.noiseStandardUncertainty ** 2, 0)) / n
  const shared = densities.reduce((sum, d) => sum + d.calibrationStandardUncertainty, 0) / n
  return {
    levels,
    mean: mgPerCm3(mean),
    uncertainty: mgPerCm3(COVERAGE_FACTOR * Math.hypot(noise, shared)),
    warnings: [],
  }
}
