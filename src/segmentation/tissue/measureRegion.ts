import { hu } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { measuredTest } from '../../core/volume/measuredVoxel.ts'
import { standardErrorOfMean } from '../../core/volume/noise.ts'
import { roiStatistics } from '../../core/volume/roiStatistics.ts'
import { forEachRoiVoxel } from '../../core/volume/roiVoxels.ts'
import type { RegionIdea, TissueRegionQuality } from './tissueRegion.ts'

/** SD of a Gaussian over its median absolute deviation. */
const SD_PER_MAD = 1.4826
/** A voxel farther from the median than so many robust SDs is a stray one. */
const STRAY_SDS = 3

/**
 * Measures the plain voxels of a region: nothing is trimmed.
 * @throws {QctError} `ROI_EMPTY`, `ROI_OUTSIDE_VOLUME`, `ROI_TOO_FEW_VOXELS`
 */
export function measureRegion(volume: CtVolume, { roi, clearance }: RegionIdea): TissueRegionQuality {
  const statistics = roiStatistics(volume, roi)
  const noise = standardErrorOfMean(volume, roi)
  const isMeasured = measuredTest(volume)
  const { slope, intercept } = volume.rescale
  const values: number[] = []
  forEachRoiVoxel(volume.geometry, roi, (offset) => {
    const stored = volume.voxels[offset]!
    if (isMeasured(stored)) values.push(stored * slope + intercept)
  })
  const off = values.map((value) => Math.abs(value - statistics.median)).sort((a, b) => a - b)
  const robustSd = SD_PER_MAD * off[Math.floor(off.length / 2)]!
  return {
    n: statistics.n,
    meanHu: statistics.mean,
    standardErrorHu: noise.standardError,
    sdHu: statistics.sd ?? hu(0),
    noiseSdHu: noise.noiseSd,
    strayShare: off.filter((value) => value > STRAY_SDS * robustSd).length / off.length,
    clearance,
    lowestShare: values.filter((value) => value === statistics.min).length / values.length,
  }
}
