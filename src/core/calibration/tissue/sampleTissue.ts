import { QctError } from '../../errors.ts'
import { hu } from '../../units.ts'
import type { CtVolume } from '../../volume/ctVolume.ts'
import { standardErrorOfMean } from '../../volume/noise.ts'
import type { Roi } from '../../volume/roi.ts'
import { roiStatistics } from '../../volume/roiStatistics.ts'
import type { Tissue, TissueSample } from './tissues.ts'

/**
 * Measures one tissue in one or several regions: the mean of all their voxels, and its standard error.
 *
 * Each region counts by its number of voxels. Regions lie farther apart than noise reaches, so their errors are taken as
 * independent: SE² = Σ (nᵢ·SEᵢ)² / (Σ nᵢ)². Regions should not overlap.
 *
 * @throws {QctError} `TISSUE_SAMPLE_INVALID` without a region; `ROI_INVALID`, `ROI_OUTSIDE_VOLUME`, `ROI_EMPTY`,
 *   `ROI_TOO_FEW_VOXELS`
 * @see `standardErrorOfMean`
 */
export function sampleTissue(volume: CtVolume, tissue: Tissue, regions: readonly Roi[]): TissueSample {
  if (regions.length === 0)
    throw new QctError('TISSUE_SAMPLE_INVALID', { tissue, problem: 'it has no region' })
  let [n, sum, squares] = [0, 0, 0]
  for (const region of regions) {
    const { mean, n: own } = roiStatistics(volume, region)
    const { standardError } = standardErrorOfMean(volume, region)
    n += own
    sum += own * mean
    squares += (own * standardError) ** 2
  }
  return { tissue, meanHu: hu(sum / n), standardErrorHu: hu(Math.sqrt(squares) / n) }
}
