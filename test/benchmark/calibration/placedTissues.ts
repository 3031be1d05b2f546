import { sampleTissue } from '../../../src/core/calibration/tissue/sampleTissue.ts'
import { TISSUES, type TissueSample } from '../../../src/core/calibration/tissue/tissues.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { ExamTruth } from '../../../src/demo/examTruth.ts'
import { placeTissueRegions } from '../../../src/segmentation/tissue/placeTissueRegions.ts'
import { findVertebralBody } from '../../../src/segmentation/vertebra/findVertebralBody.ts'

/** The tissues of a scan where the product places them beside the body of one level, seeded at its true middle. */
export function placedTissues(volume: CtVolume, { seedLps }: ExamTruth['levels'][number]): TissueSample[] {
  const { body } = findVertebralBody(volume, lpsPoint(...seedLps))
  const placed = placeTissueRegions(volume, [body])
  return TISSUES.flatMap((tissue) => {
    const placement = placed[tissue]
    return placement.found
      ? [
          sampleTissue(
            volume,
            tissue,
            placement.regions.map(({ roi }) => roi),
          ),
        ]
      : []
  })
}
