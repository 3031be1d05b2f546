import type { Tissue } from '../../../src/core/calibration/tissue/tissues.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import type { VertebralBody } from '../../../src/core/spine/vertebralBody.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { forEachRoiVoxel } from '../../../src/core/volume/roiVoxels.ts'
import type { ExamParameters } from '../../../src/demo/examParameters.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { findVertebralBody } from '../../../src/segmentation/vertebra/findVertebralBody.ts'

/** A digital exam of L1 to L4 in 3 mm slices, the bodies found in it, and the same patient without noise. */
export interface TissueExam {
  readonly volume: CtVolume
  readonly clean: CtVolume
  readonly bodies: readonly VertebralBody[]
  /** True CT numbers of the scan's tissues, noise and beam hardening left out. */
  readonly truth: Readonly<Record<Exclude<Tissue, 'corticalBone'>, number>>
}

/** A field in coarse pixels, so that a test takes seconds. */
export const coarseField = (
  parameters: ExamParameters,
  fieldMm: number,
  changes: Partial<ExamParameters['acquisition']> = {},
): ExamParameters => ({
  ...parameters,
  acquisition: {
    ...parameters.acquisition,
    columns: Math.round(fieldMm / 1.4),
    rows: Math.round(fieldMm / 1.4),
    pixelSpacingMm: 1.4,
    sliceThicknessMm: 3,
    sliceSpacingMm: 3,
    sliceCount: 38,
    scanCenterZMm: 20,
    ...changes,
  },
})

/** Renders an exam with and without noise and finds two bodies of it. */
export function tissueExam(parameters: ExamParameters): TissueExam {
  const { volume, truth } = renderExam(parameters)
  const clean = renderExam({ ...parameters, image: { ...parameters.image, noiseSdHu: 0 } }).volume
  const bodies = truth.levels
    .filter(({ level }) => level === 'L2' || level === 'L3')
    .map(({ seedLps }) => findVertebralBody(volume, lpsPoint(...seedLps)).body)
  const exposure = truth.tissue!.exposures[0]!
  return {
    volume,
    clean,
    bodies,
    truth: {
      air: -1000 + parameters.scanner.offsetHu,
      adipose: exposure.subcutaneousFatHu,
      skeletalMuscle: exposure.muscleHu,
      blood: exposure.aortaHu,
    },
  }
}

/** Share of a ROI's voxels that a scan without noise shows within `tolerance` of a CT number. */
export function shareNear(
  clean: CtVolume,
  roi: EllipticalCylinder,
  ctNumber: number,
  tolerance: number,
): number {
  let [n, near] = [0, 0]
  const { slope, intercept } = clean.rescale
  forEachRoiVoxel(clean.geometry, roi, (offset) => {
    n++
    if (Math.abs(clean.voxels[offset]! * slope + intercept - ctNumber) <= tolerance) near++
  })
  return near / n
}

/** The same scan stored from head to feet with its columns mirrored: another file of the same patient. */
export function storedOtherwise(volume: CtVolume): CtVolume {
  const { geometry, voxels } = volume
  const [ni, nj, nk] = geometry.size
  const turned = new Int16Array(voxels.length)
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++) {
        turned[ni - 1 - i + ni * (j + nj * (nk - 1 - k))] = voxels[i + ni * (j + nj * k)]!
      }
    }
  }
  const { origin, spacing } = geometry
  return {
    ...volume,
    voxels: turned,
    geometry: {
      ...geometry,
      origin: lpsPoint(origin[0] + (ni - 1) * spacing[0], origin[1], origin[2] + (nk - 1) * spacing[2]),
      axes: [lpsVector(-1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, -1)],
    },
  }
}

/**
 * The patient face down: in the patient's world the trunk stays and the couch comes to the front. What lies behind
 * the back is exchanged for the mirror image of what lies before the belly, and the other way round.
 */
export function faceDown(volume: CtVolume, halfDepthMm: number): CtVolume {
  const { geometry } = volume
  const [ni, nj, nk] = geometry.size
  const voxels = volume.voxels.slice()
  for (let j = 0; j < nj; j++) {
    const y = geometry.origin[1] + j * geometry.spacing[1]
    if (Math.abs(y) <= halfDepthMm) continue
    const mirrored = Math.round((-y - geometry.origin[1]) / geometry.spacing[1])
    for (let k = 0; k < nk; k++) {
      for (let i = 0; i < ni; i++) {
        const to = i + ni * (j + nj * k)
        voxels[to] = mirrored < 0 || mirrored >= nj ? 24 : volume.voxels[i + ni * (mirrored + nj * k)]!
      }
    }
  }
  return { ...volume, voxels }
}
