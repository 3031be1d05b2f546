import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { TissueRegionDecision } from '../../record/decisions.ts'
import type { ExamRequest } from '../examRequest.ts'

/**
 * Where tissues are measured: as a person gave them, else as the program places them.
 *
 * @param _volume - What the program would place them in; none are placed yet, so without given ones there are none.
 */
export const tissueRegions = (_volume: CtVolume, request: ExamRequest): TissueRegionDecision[] =>
  givenRegions(request)

/** The regions a person gave. They are kept as decisions also where another route is asked for. */
export function givenRegions({ tissue, roiFile }: ExamRequest): TissueRegionDecision[] {
  const stated = tissue?.regions ?? []
  const given = stated.length > 0 ? stated : (roiFile?.tissues ?? [])
  return given.map((region) => ({ ...region, source: 'roi file' }))
}
