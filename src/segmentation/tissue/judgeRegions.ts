import type { Tissue } from '../../core/calibration/tissue/tissues.ts'
import { type QctWarning, qctWarning } from '../../core/errors.ts'
import type { RegionIdea, TissueRegion, TissueRegionQuality } from './tissueRegion.ts'

/** A region and what its voxels say. */
export interface MeasuredIdea {
  readonly idea: RegionIdea
  readonly quality: TissueRegionQuality
}

/** Limits beyond which a region carries a doubt. Project choices. */
const DOUBT = {
  /** Fewer voxels hardly show their own noise. */
  voxels: 60,
  /** Times the noise of the quietest muscle or blood, which lie where a trunk's noise is highest. */
  unevenness: 1.5,
  /** Differences of SD below this are not looked at, HU. */
  unevenHu: 6,
  /** Share of stray voxels; in pure noise of small regions 0.01 is common. */
  stray: 0.03,
  /** Difference of two regions of one tissue, HU, and in standard errors of it. */
  differHu: 10,
  differErrors: 3,
  /** Share of voxels at the end of the stored scale: of Gaussian noise cut there, the mean rises by 0.05 SD. */
  lowest: 0.1,
}

/** The least noise of muscle and blood; without them that of fat, which lies where the noise is lower. */
function quietestOf(measured: readonly MeasuredIdea[]): number {
  const least = (tissues: readonly Tissue[]) =>
    Math.min(
      ...measured.flatMap(({ idea, quality }) => (tissues.includes(idea.tissue) ? [quality.noiseSdHu] : [])),
    )
  const deep = least(['skeletalMuscle', 'blood'])
  return Number.isFinite(deep) ? deep : least(['adipose'])
}

/** The largest difference of a region from the others of its tissue, where it is beyond chance. */
function differenceOf({ idea, quality }: MeasuredIdea, measured: readonly MeasuredIdea[]): QctWarning[] {
  const others = measured.filter((other) => other.idea !== idea && other.idea.tissue === idea.tissue)
  return others.flatMap((other) => {
    const difference = quality.meanHu - other.quality.meanHu
    const error = Math.hypot(quality.standardErrorHu, other.quality.standardErrorHu)
    const limit = Math.max(DOUBT.differHu, DOUBT.differErrors * error)
    if (Math.abs(difference) <= limit) return []
    return [
      qctWarning('TISSUE_REGIONS_DIFFER', { site: idea.site, difference, other: other.idea.site, limit }),
    ]
  })
}

/**
 * Names the doubts about regions: too small, less even than the scan's noise, mixed, unlike the other region of the same
 * tissue, or cut off by the end of the stored scale.
 */
export function judgeRegions(measured: readonly MeasuredIdea[]): TissueRegion[] {
  const quietest = quietestOf(measured)
  const limit = Math.max(DOUBT.unevenness * quietest, quietest + DOUBT.unevenHu)
  return measured.map((entry) => {
    const { tissue, site, roi } = entry.idea
    const { n, sdHu, strayShare, lowestShare } = entry.quality
    const warnings: QctWarning[] = []
    if (n < DOUBT.voxels)
      warnings.push(qctWarning('TISSUE_REGION_SMALL', { site, found: n, required: DOUBT.voxels }))
    if (tissue !== 'air' && sdHu > limit)
      warnings.push(qctWarning('TISSUE_REGION_UNEVEN', { site, sd: sdHu, limit }))
    if (strayShare > DOUBT.stray)
      warnings.push(
        qctWarning('TISSUE_REGION_STRAY', { site, percent: 100 * strayShare, limit: 100 * DOUBT.stray }),
      )
    warnings.push(...differenceOf(entry, measured))
    if (tissue === 'air' && lowestShare > DOUBT.lowest)
      warnings.push(qctWarning('TISSUE_AIR_CLIPPED', { percent: 100 * lowestShare }))
    return { tissue, site, roi, quality: entry.quality, warnings }
  })
}
