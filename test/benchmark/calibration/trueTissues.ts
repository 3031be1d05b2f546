import type { Tissue, TissueSample } from '../../../src/core/calibration/tissue/tissues.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { standardErrorOfMean } from '../../../src/core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'
import type { ExamParameters } from '../../../src/demo/examParameters.ts'
import { columnAxisAt, placeColumn } from '../../../src/demo/spineColumn.ts'

/** Where tissues are to be sampled. A finder of tissue regions takes the place of the true places. */
export type PlaceTissues = (
  volume: CtVolume,
  parameters: ExamParameters,
) => readonly { readonly tissue: Tissue; readonly regions: readonly EllipticalCylinder[] }[]

/** The tissues in the middle of L3 where the digital patient has them, clear of their edges. */
export const trueTissuePlaces: PlaceTissues = (_volume, parameters) => {
  const z = 2
  const axis = columnAxisAt(placeColumn(parameters), z)
  const { trunkWidthMm, trunkDepthMm, subcutaneousFatMm: fat } = parameters.patient
  const at = (x: number, y: number, rx: number, ry: number, height: number): EllipticalCylinder => ({
    kind: 'ellipticalCylinder',
    center: lpsPoint(x, y, parameters.acquisition.tablePositionZMm + z),
    normal: lpsVector(0, 0, 1),
    lateral: lpsVector(1, 0, 0),
    radii: [rx, ry],
    height,
  })
  const sides = [1, -1]
  return [
    { tissue: 'air', regions: [at(0, -trunkDepthMm / 2 - 30, 12, 12, 20)] },
    {
      tissue: 'adipose',
      regions: sides.map((side) => at(side * (trunkWidthMm / 2 - 1.8 - fat / 2), 0, fat / 2 - 2, 8, 24)),
    },
    {
      // the outer part of the erector, beside the fat between its bundles
      tissue: 'skeletalMuscle',
      regions: sides.map((side) => at(axis.x * 0.6 + side * 57, axis.y + 47, 4.5, 4.5, 24)),
    },
    { tissue: 'blood', regions: [at(axis.x + 7, axis.y - 29, 4.5, 4.5, 12)] },
  ]
}

/** Measures the tissues of an exam: the mean over the regions of each. */
export const tissueSamples = (
  volume: CtVolume,
  parameters: ExamParameters,
  place: PlaceTissues = trueTissuePlaces,
): TissueSample[] =>
  place(volume, parameters).map(({ tissue, regions }) => {
    const means = regions.map((region) => roiStatistics(volume, region).mean)
    const errors = regions.map((region) => standardErrorOfMean(volume, region).standardError)
    return {
      tissue,
      meanHu: hu(means.reduce((sum, mean) => sum + mean, 0) / means.length),
      standardErrorHu: hu(Math.hypot(...errors) / errors.length),
    }
  })
