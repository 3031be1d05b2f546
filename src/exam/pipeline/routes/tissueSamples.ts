import { sampleTissue } from '../../../core/calibration/tissue/sampleTissue.ts'
import { TISSUES, type TissueSample } from '../../../core/calibration/tissue/tissues.ts'
import { lpsPoint, lpsVector } from '../../../core/geometry/lps.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../../core/volume/roi.ts'
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
 * What each tissue's regions measure together; a tissue without a region is not among them.
 *
 * @throws {QctError} The codes of `sampleTissue`.
 */
export const tissueSamples = (volume: CtVolume, regions: readonly TissueRegion[]): TissueSample[] =>
  TISSUES.flatMap((tissue) => {
    const own = regions.filter((region) => region.tissue === tissue).map(tissueCylinder)
    return own.length === 0 ? [] : [sampleTissue(volume, tissue, own)]
  })
