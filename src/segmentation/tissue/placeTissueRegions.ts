import { TISSUES, type Tissue } from '../../core/calibration/tissue/tissues.ts'
import type { TissueRegionFault } from '../../core/errors/calibration.ts'
import { QctError } from '../../core/errors.ts'
import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { createSampler } from '../../core/volume/sampling.ts'
import { externalAir } from './externalAir.ts'
import { judgeRegions, type MeasuredIdea } from './judgeRegions.ts'
import { measureRegion } from './measureRegion.ts'
import { placeAir } from './placeAir.ts'
import { placeBlood } from './placeBlood.ts'
import { placeFat } from './placeFat.ts'
import { placeMuscle } from './placeMuscle.ts'
import { skinRays } from './skinRays.ts'
import { spineCourse } from './spineCourse.ts'
import type { PlacedTissues, RegionIdea, TissuePlacement } from './tissueRegion.ts'
import { trunkGrid } from './trunkGrid.ts'

/** What may be asked of the placing. */
export interface PlaceTissuesRequest {
  /** Told the share done, from 0 to 1, never less than before. What it throws ends the placing. */
  readonly onProgress?: (share: number) => void
}

/** Shares of the work done when each step is. */
const DONE = { grid: 0.2, air: 0.3, fat: 0.4, muscle: 0.5, blood: 0.95 }

/** A region with its figures; none where coarse voxels leave too few of them in it. */
function measured(volume: CtVolume, idea: RegionIdea): MeasuredIdea[] {
  try {
    return [{ idea, quality: measureRegion(volume, idea) }]
  } catch (error) {
    if (error instanceof QctError) return []
    throw error
  }
}

/**
 * Places a region for each tissue that can stand in for a phantom, near the vertebral bodies that were found: erector
 * spinae beside them, fat under free skin, blood in the aorta before them, air outside the skin. Everything is sought in
 * the patient's world, so neither the order of slices nor prone or feet-first scanning takes part.
 *
 * The mean of a region is the plain mean of its voxels: what does not belong is gone round, never trimmed away.
 * Cortical bone is always refused: near the lumbar spine no cortex is thicker than the blur of a scan, and a region
 * in it would measure the blur.
 *
 * @param bodies - Vertebral bodies of the scan, in any order; without one every tissue is refused.
 * @returns For each tissue its regions, or `TISSUE_REGION_NOT_FOUND` as a value.
 */
export function placeTissueRegions(
  volume: CtVolume,
  bodies: readonly VertebralBody[],
  request: PlaceTissuesRequest = {},
): PlacedTissues {
  const told = (share: number) => request.onProgress?.(share)
  const faults: Record<Tissue, TissueRegionFault> = {
    air: 'no skin with clean air before it in the field',
    adipose: 'no skin with clean air before it in the field',
    skeletalMuscle: 'no even muscle beside the spine',
    blood: 'no round vessel before the spine',
    corticalBone: 'no cortex thicker than the blur of the scan near the lumbar spine',
  }
  const ideas: RegionIdea[] = []
  const course = bodies.length === 0 ? null : spineCourse(bodies)
  const grid = course === null ? null : trunkGrid(volume, course)
  told(DONE.grid)
  if (course === null || grid === null) {
    for (const tissue of TISSUES) faults[tissue] = 'no vertebral body in the scan'
  } else {
    const sampler = createSampler(volume)
    const external = externalAir(grid)
    ideas.push(...placeAir(grid, external, course))
    told(DONE.air)
    const rays = skinRays(grid, external, course)
    if (rays.some((ray) => ray.thickness > 0)) faults.adipose = 'the fat under free skin is too thin'
    ideas.push(...placeFat(sampler, grid, rays))
    told(DONE.fat)
    ideas.push(...placeMuscle(sampler, bodies))
    told(DONE.muscle)
    const range = [grid.origin[2], grid.origin[2] + (grid.size[2] - 1) * grid.step] as const
    const ofBlood = (share: number) => told(DONE.muscle + (DONE.blood - DONE.muscle) * share)
    ideas.push(...placeBlood(sampler, course, range, ofBlood))
  }
  told(DONE.blood)
  const regions = judgeRegions(ideas.flatMap((idea) => measured(volume, idea)))
  const placementOf = (tissue: Tissue): TissuePlacement => {
    const own = regions.filter((region) => region.tissue === tissue)
    if (own.length === 0) {
      return {
        found: false,
        error: new QctError('TISSUE_REGION_NOT_FOUND', { tissue, reason: faults[tissue] }),
      }
    }
    return { found: true, regions: own }
  }
  told(1)
  return Object.fromEntries(TISSUES.map((tissue) => [tissue, placementOf(tissue)])) as Record<
    Tissue,
    TissuePlacement
  >
}
