import {
  type ScreeningScan,
  screeningAttenuation,
} from '../../../src/core/calibration/huOnly/screeningAttenuation.ts'
import { QctError } from '../../../src/core/errors.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { standardErrorOfMean } from '../../../src/core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'

const conventional = (...kvp: (number | null)[]): ScreeningScan => ({
  kvp,
  image: 'conventional',
  contrastAgent: null,
})

/** What a scan may be, and whether a screening attenuation may be stated of it. */
const SCANS: readonly (readonly [string, ScreeningScan, boolean])[] = [
  ['120 kVp', conventional(120, 120), true],
  ['80 kVp', conventional(80), false],
  ['100 kVp', conventional(100), false],
  ['140 kVp', conventional(140), false],
  ['monoenergetic', { ...conventional(120), image: 'monoenergetic' }, false],
  ['dual-energy blend', { ...conventional(120), image: 'dual-energy blend' }, false],
  ['mixed voltages', conventional(120, 100), false],
  ['voltage unknown', conventional(null), false],
  ['kind unknown', { ...conventional(120), image: null }, false],
]

/** Whether the route states and refuses what it should, of one L1. */
export function huOnlyVerdicts(volume: CtVolume, voi: EllipticalCylinder) {
  const region = {
    level: 'L1' as const,
    meanHu: roiStatistics(volume, voi).mean,
    standardErrorHu: standardErrorOfMean(volume, voi).standardError,
  }
  return SCANS.map(([name, scan, mayPass]) => {
    let passed: boolean
    try {
      passed = screeningAttenuation(region, scan).attenuation === region.meanHu
    } catch (error) {
      if (!(error instanceof QctError) || error.code !== 'HU_ONLY_REFUSED') throw error
      passed = false
    }
    return { name, isRight: passed === mayPass }
  })
}
