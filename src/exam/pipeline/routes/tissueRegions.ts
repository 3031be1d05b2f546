import { TISSUES } from '../../../core/calibration/tissue/tissues.ts'
import type { QctError, QctWarning } from '../../../core/errors.ts'
import type { VertebralBody } from '../../../core/spine/vertebralBody.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import { placeTissueRegions } from '../../../segmentation/tissue/placeTissueRegions.ts'
import type { TissueRegionDecision } from '../../record/decisions.ts'
import type { ExamRequest } from '../examRequest.ts'

/** Where tissues are measured, the doubts of placing them, and the tissues without a place. */
export interface TissuePlaces {
  readonly regions: readonly TissueRegionDecision[]
  readonly warnings: readonly QctWarning[]
  readonly missing: readonly QctError[]
}

/** No tissue is measured. */
export const NO_TISSUES: TissuePlaces = { regions: [], warnings: [], missing: [] }

/** The regions a person gave. They are kept as decisions also where another route is asked for. */
export function givenRegions({
  tissue,
  roiFile,
}: Pick<ExamRequest, 'tissue' | 'roiFile'>): TissueRegionDecision[] {
  const stated = tissue?.regions ?? []
  const given = stated.length > 0 ? stated : (roiFile?.tissues ?? [])
  return given.map((region) => ({ ...region, source: 'roi file' }))
}

/**
 * Where tissues are measured: as a person gave them, else as the program places them near the vertebral bodies.
 *
 * @param bodies - Bodies of the scan; asked for only where the program places regions.
 * @param onProgress - Told the share done, from 0 to 1.
 */
export function tissueRegions(
  volume: CtVolume,
  { tissue, roiFile }: Pick<ExamRequest, 'tissue' | 'roiFile'>,
  bodies: () => readonly VertebralBody[],
  onProgress: (share: number) => void = () => undefined,
): TissuePlaces {
  const given = givenRegions({ tissue, roiFile })
  if (given.length > 0) return { ...NO_TISSUES, regions: given }
  // Without reference values no region would calibrate anything.
  if (tissue === null) return NO_TISSUES
  const placed = placeTissueRegions(volume, bodies(), { onProgress })
  const found = TISSUES.flatMap((name) => {
    const placement = placed[name]
    return placement.found ? placement.regions : []
  })
  return {
    regions: found.map(({ tissue: name, roi: { center, radii, height } }) => ({
      tissue: name,
      centerLps: [center[0], center[1], center[2]],
      radiusMm: radii[0],
      heightMm: height,
      source: 'automatic',
    })),
    warnings: found.flatMap(({ warnings }) => warnings),
    missing: TISSUES.flatMap((name) => {
      const placement = placed[name]
      return placement.found ? [] : [placement.error]
    }),
  }
}
