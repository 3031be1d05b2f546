import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { mm } from '../../../src/core/units.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import type { ExamTruth } from '../../../src/demo/examTruth.ts'

/** The protocol's VOI of a level where it truly lies. */
export const trueVoi = ({ voi }: ExamTruth['levels'][number]): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center: lpsPoint(...voi.centerLps),
  normal: lpsVector(...voi.normalLps),
  lateral: lpsVector(...voi.lateralLps),
  radii: [mm(voi.radiiMm[0]), mm(voi.radiiMm[1])],
  height: mm(voi.heightMm),
})

/** The slices in which that VOI lies. */
export const trueRegion = ({ voi }: ExamTruth['levels'][number]) => ({
  center: lpsPoint(...voi.centerLps),
  halfHeight: mm(voi.heightMm / 2),
})

/** Levels the spine route measures first. */
export const measuredLevels = (truth: ExamTruth) =>
  truth.levels.filter(({ level }) => level === 'L1' || level === 'L2' || level === 'L3')

/** What the exact line makes of a level, the bias by marrow in it, and its CT number. */
export function trueNumbers(truth: ExamTruth, name: string, exposure = 0) {
  const found = truth.tissue?.exposures[exposure]?.levels.find(({ level }) => level === name)
  if (found === undefined) throw new Error(`the exam states nothing of ${name}`)
  return { singleEnergy: found.singleEnergyVbmdMgPerCm3, meanHu: found.meanHu }
}
