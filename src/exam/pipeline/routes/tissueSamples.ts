import { TISSUES, type TissueSample } from '../../../core/calibration/tissue/tissues.ts'
import { lpsPoint, lpsVector } from '../../../core/geometry/lps.ts'
import { hu } from '../../../core/units.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import { standardErrorOfMean } from '../../../core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../core/volume/roi.ts'
import { roiStatistics } from '../../../core/volume/roiStatistics.ts'
import type { TissueRegion } from '../../record/calibrationInputs.ts'

/** A region of a tissue as the body whose voxels are measured. */
export const tissueCylinder = ({ centerLps, radiusMm, heightMm }: TissueRegion): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center: lpsPoint(...centerLps),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [radiusMm, radiusMm],
  height: heightMm ?? 2 * radiusMm,
})

/**
 * What each tissue's regions measure together: the mean of all their voxels, and its standard error with the noise of
 * regions apart from each other independent.
 *
 * @throws {QctError} `ROI_INVALID`, `ROI_EMPTY`, `ROI_OUTSIDE_VOLUME`
 */
export function tissueSamples(volume: CtVolume, regions: readonly TissueRegion[]): TissueSample[] {
  return TISSUES.flatMap((tissue): TissueSample[] => {
    const parts = regions
      .filter((region) => region.tissue === tissue)
      .map((region) => {
        const roi = tissueCylinder(region)
        const { mean, n } = roiStatistics(volume, roi)
        return { mean, n, error: standardErrorOfMean(volume, roi).standardError }
      })
    if (parts.length === 0) return []
    const n = parts.reduce((sum, part) => sum + part.n, 0)
    const mean = parts.reduce((sum, part) => sum + part.n * part.mean, 0) / n
    const squares = parts.reduce((sum, part) => sum + (part.n * part.error) ** 2, 0)
    return [{ tissue, meanHu: hu(mean), standardErrorHu: hu(Math.sqrt(squares) / n) }]
  })
}
