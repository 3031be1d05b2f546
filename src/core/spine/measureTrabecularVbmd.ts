import { densityOf } from '../calibration/densityCalibration.ts'
import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import { dot } from '../geometry/vector.ts'
import { type Hu, hu, type MgPerCm3 } from '../units.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import { standardErrorOfMean } from '../volume/noise.ts'
import type { EllipticalCylinder } from '../volume/roi.ts'
import { roiStatistics } from '../volume/roiStatistics.ts'
import { type CalibrationLine, densityByLine } from './densityByLine.ts'

/** The trabecular density of one vertebra, with its doubt. */
export interface TrabecularVbmd {
  readonly meanHu: Hu
  /** Sample standard deviation of the VOI's voxels (n − 1). */
  readonly sdHu: Hu
  readonly n: number
  /** Standard error of the mean CT number that knows the noise's autocorrelation. */
  readonly standardErrorHu: Hu
  /** Density on the calibration's mineral scale; null without a calibration. */
  readonly vbmd: MgPerCm3 | null
  /** Half-width of the 95 % interval of the density: 1.96 × √(noise² + calibration²); null without a calibration. */
  readonly uncertainty: MgPerCm3 | null
  /** One standard uncertainty from the noise in the VOI: standard error × slope. */
  readonly noiseStandardUncertainty: MgPerCm3 | null
  /** One standard uncertainty from slope and intercept of the calibration, with their covariance. */
  readonly calibrationStandardUncertainty: MgPerCm3 | null
  readonly warnings: readonly QctWarning[]
}

/** What a VOI measures before its doubt is known: of its noise nothing was studied. */
export type UndoubtedVbmd = Pick<TrabecularVbmd, 'meanHu' | 'sdHu' | 'n' | 'vbmd' | 'warnings'>

/** The VOI may lie outside the scan by at most this share; a larger part missing is no measurement. */
const MOST_OUTSIDE = 0.1
/** Slices farther apart than this, in mm, leave fewer than three in a VOI of 9 mm: the result warns. */
const THICK_SLICES_MM = 3.5

/**
 * Measures the trabecular volumetric bone mineral density in a VOI.
 *
 * ρ = slope · mean HU + intercept. Its uncertainty joins the noise in the VOI (standard error × slope) with the
 * calibration's: √(H²·var(slope) + 2H·cov(slope, intercept) + var(intercept)). Placement of the VOI, marrow fat, beam
 * hardening and partial volume are not part of it.
 *
 * @param calibration - Null for a scan without calibration: CT numbers are measured, densities stay null.
 * @throws {QctError} `ROI_INVALID`, `ROI_EMPTY`, `ROI_OUTSIDE_VOLUME`; `VOI_OUTSIDE_VOLUME` when more than a tenth of
 *   the VOI lies beyond the scan.
 * @see docs/methods/spine-trabecular-vbmd.md
 */
export function measureTrabecularVbmd(
  volume: CtVolume,
  voi: EllipticalCylinder,
  calibration: CalibrationLine | null,
): TrabecularVbmd {
  const measured = measureWithoutDoubt(volume, voi, calibration)
  const { standardError } = standardErrorOfMean(volume, voi)
  if (calibration === null) {
    return {
      ...measured,
      standardErrorHu: standardError,
      uncertainty: null,
      noiseStandardUncertainty: null,
      calibrationStandardUncertainty: null,
    }
  }
  return {
    ...measured,
    standardErrorHu: standardError,
    ...densityByLine(calibration, measured.meanHu, standardError),
  }
}

/**
 * The same without its doubt, which takes ten times as long: for a number under a moving hand, that is to be followed
 * by the whole measurement. Never for a report.
 *
 * @throws {QctError} The codes of `measureTrabecularVbmd`.
 */
export function measureWithoutDoubt(
  volume: CtVolume,
  voi: EllipticalCylinder,
  calibration: CalibrationLine | null,
): UndoubtedVbmd {
  const statistics = roiStatistics(volume, voi)
  const warnings: QctWarning[] = []
  const { outsideFraction, mean, sd, n, padded } = statistics
  // Padding inside the VOI was not measured either.
  const missing = outsideFraction + (1 - outsideFraction) * (padded / (padded + n))
  const percent = Math.ceil(missing * 1000) / 10
  if (missing > MOST_OUTSIDE) {
    throw new QctError('VOI_OUTSIDE_VOLUME', { percent, limit: 100 * MOST_OUTSIDE })
  }
  if (missing > 0) warnings.push(qctWarning('VOI_CUT_BY_VOLUME', { percent }))
  const spacing = sliceSpacingAlong(volume, voi)
  if (spacing > THICK_SLICES_MM) warnings.push(qctWarning('SLICES_THICK_FOR_VOI', { spacing }))
  return {
    meanHu: mean,
    sdHu: hu(sd ?? 0),
    n,
    vbmd: calibration === null ? null : densityOf(calibration, mean),
    warnings,
  }
}

/** Spacing of the grid along the axis nearest to the VOI's own. */
function sliceSpacingAlong({ geometry }: CtVolume, { normal }: EllipticalCylinder): number {
  let nearest = 0
  for (const axis of [1, 2] as const) {
    if (
      Math.abs(dot(geometry.axes[axis], normal)) > Math.abs(dot(geometry.axes[nearest as 0 | 1 | 2], normal))
    ) {
      nearest = axis
    }
  }
  return geometry.spacing[nearest as 0 | 1 | 2]
}
