import { type QctWarning, qctWarning } from '../errors.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import type { Roi } from '../volume/roi.ts'
import { roiStatistics } from '../volume/roiStatistics.ts'

/** When the marrow of a VOI counts as not uniform. */
export const UNIFORMITY_LIMITS = {
  /** Mean and median may differ by this much, in HU: about 4 mg/cm³, a change worth knowing of. */
  difference: 5,
  /** And by this many robust SDs over √n: four standard errors of noise that about four voxels share. */
  noise: 8,
} as const

/** The percentiles that lie one SD to either side of the mean of a normal distribution. */
const ONE_SD = [15.8655254, 84.1344746] as const

/**
 * The doubt that a VOI holds something else than marrow and trabeculae: a bone island, a haemangioma, a vein, a cortex.
 *
 * A small dense body lifts the mean and hardly moves the median, so their difference is about the error it causes. The
 * noise it is held against is taken from percentiles, which the body does not move either.
 */
export function uniformityWarnings(volume: CtVolume, voi: Roi): QctWarning[] {
  const { mean, median, n, percentiles } = roiStatistics(volume, voi, { percentiles: ONE_SD })
  const [low = median, high = median] = percentiles
  const limit = Math.max(
    UNIFORMITY_LIMITS.difference,
    (UNIFORMITY_LIMITS.noise * (high - low)) / 2 / Math.sqrt(n),
  )
  return Math.abs(mean - median) > limit ? [qctWarning('VOI_NOT_UNIFORM', { mean, median })] : []
}
