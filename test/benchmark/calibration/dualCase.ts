import { densityOf } from '../../../src/core/calibration/densityCalibration.ts'
import {
  type DualEnergySample,
  decomposeDualEnergy,
} from '../../../src/core/calibration/dualEnergy/decomposeDualEnergy.ts'
import { basisFromRods } from '../../../src/core/calibration/dualEnergy/dualEnergyBasis.ts'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { fitCalibration } from '../../../src/core/calibration/fitCalibration.ts'
import { sampleRods } from '../../../src/core/calibration/sampleRods.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { standardErrorOfMean } from '../../../src/core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { dualExam } from './drawnExams.ts'
import { measuredLevels, trueRegion, trueVoi } from './trueLevels.ts'

/** The highest CT number of the digital exam's 12 bits. */
const HIGHEST = hu(3071)

/** One pair: errors by level against the true mineral, mg HA/cm³. */
export interface DualCase {
  readonly index: number
  readonly hasFat: boolean
  readonly levels: readonly {
    readonly level: string
    readonly truth: number
    readonly dual: number
    readonly dualSd: number
    readonly single: number
  }[]
  readonly seconds: number
}

function sampleOf(volume: CtVolume, voi: EllipticalCylinder): DualEnergySample {
  return {
    meanHu: roiStatistics(volume, voi).mean,
    standardErrorHu: standardErrorOfMean(volume, voi).standardError,
    saturatedVoxels: 0,
    highestHu: HIGHEST,
  }
}

/** Renders a pair and decomposes L1 to L3 by the basis of the rods beside them. */
export function dualCase(seed: number, index: number): DualCase {
  const started = performance.now()
  const exam = dualExam(seed, index)
  const { volume: low, truth } = renderExam(exam)
  const { volume: high } = renderExam(exam, { series: 'second' })
  const phantom = findRods(high)
  const levels = measuredLevels(truth).map((level) => {
    const [there, here] = [low, high].map((volume) => sampleRods(volume, phantom, trueRegion(level)).rods)
    const rods = there!.flatMap((rod) => {
      const twin = here!.find(({ label }) => label === rod.label)
      if (twin === undefined) return []
      const { density, meanHu: lowHu, standardErrorHu: lowStandardErrorHu } = rod
      return [
        {
          density,
          lowHu,
          lowStandardErrorHu,
          highHu: twin.meanHu,
          highStandardErrorHu: twin.standardErrorHu,
        },
      ]
    })
    const { basis } = basisFromRods(rods, phantom.phantom.citation)
    const voi = trueVoi(level)
    const result = decomposeDualEnergy(sampleOf(low, voi), sampleOf(high, voi), basis, 0)
    const single = fitCalibration(phantom.phantom, here!).calibration
    return {
      level: level.level,
      truth: level.vbmdMgPerCm3,
      dual: result.calcium - level.vbmdMgPerCm3,
      dualSd: Math.sqrt(result.covariance[0]),
      single: densityOf(single, roiStatistics(high, voi).mean) - level.vbmdMgPerCm3,
    }
  })
  return {
    index,
    hasFat: exam.tissue.marrowFatFraction !== null,
    levels,
    seconds: (performance.now() - started) / 1000,
  }
}
