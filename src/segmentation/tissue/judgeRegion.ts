import { type QctWarning, qctWarning } from '../../core/errors.ts'
import { hu } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { standardErrorOfMean } from '../../core/volume/noise.ts'
import { roiStatistics } from '../../core/volume/roiStatistics.ts'
import { forEachRoiVoxel } from '../../core/volume/roiVoxels.ts'
import type { RegionIdea, TissueRegion, TissueRegionQuality } from './tissueRegion.ts'

/** SD of a Gaussian over its median absolute deviation. */
const SD_PER_MAD = 1.4826
/** Limits beyond which a region carries a doubt. Project choices. */
const DOUBT = {
  /** Fewer voxels hardly show their own noise. */
  voxels: 60,
  /** Times the quietest region's noise. Noise itself may differ by half between the middle and the side of a trunk. */
  unevenness: 1.8,
  /** Differences of SD below this are not looked at, HU. */
  unevenHu: 6,
  /** Share of stray voxels; in pure noise of small regions 0.01 is common. */
  stray: 0.03,
  /** Share of voxels at the end of the stored scale. */
  lowest: 0.05,
}

/** Measures a region's plain voxels. */
export function measureRegion(volume: CtVolume, { roi, clearance }: RegionIdea): TissueRegionQuality {
  const statistics = roiStatistics(volume, roi)
  const noise = standardErrorOfMean(volume, roi)
  const { slope, intercept } = volume.rescale
  const values: number[] = []
  forEachRoiVoxel(volume.geometry, roi, (offset) => values.push(volume.voxels[offset]! * slope + intercept))
  const off = values.map((value) => Math.abs(value - statistics.median)).sort((a, b) => a - b)
  const robustSd = SD_PER_MAD * off[Math.floor(off.length / 2)]!
  return {
    n: statistics.n,
    meanHu: statistics.mean,
    sdHu: statistics.sd ?? hu(0),
    noiseSdHu: noise.noiseSd,
    strayShare: off.filter((value) => value > 3 * robustSd).length / off.length,
    clearance,
    lowestShare: values.filter((value) => value === statistics.min).length / values.length,
  }
}

/** Names the doubts about a region, in view of how quiet the scan is elsewhere. */
export function judgeRegion(
  { tissue, site, roi }: RegionIdea,
  quality: TissueRegionQuality,
  quietestHu: number,
): TissueRegion {
  const warnings: QctWarning[] = []
  const { n, sdHu, strayShare, lowestShare } = quality
  if (n < DOUBT.voxels)
    warnings.push(qctWarning('TISSUE_REGION_SMALL', { site, found: n, required: DOUBT.voxels }))
  const limit = Math.max(DOUBT.unevenness * quietestHu, quietestHu + DOUBT.unevenHu)
  if (sdHu > limit) warnings.push(qctWarning('TISSUE_REGION_UNEVEN', { site, sd: sdHu, limit }))
  if (strayShare > DOUBT.stray)
    warnings.push(
      qctWarning('TISSUE_REGION_STRAY', { site, percent: 100 * strayShare, limit: 100 * DOUBT.stray }),
    )
  if (tissue === 'air' && lowestShare > DOUBT.lowest)
    warnings.push(qctWarning('TISSUE_AIR_CLIPPED', { percent: 100 * lowestShare }))
  return { tissue, site, roi, quality, warnings }
}
