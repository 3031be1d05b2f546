import { fitCalibration } from '../../../src/core/calibration/fitCalibration.ts'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import {
  type ReferenceLine,
  referenceLine,
  type TissueReference,
} from '../../../src/core/calibration/tissue/referenceLine.ts'
import { tissueCalibration } from '../../../src/core/calibration/tissue/tissueCalibration.ts'
import template from '../../../src/core/calibration/tissue/tissueDensities.json' with { type: 'json' }
import { parseTissueDensities } from '../../../src/core/calibration/tissue/tissueDensities.ts'
import type { TissueWindows } from '../../../src/core/calibration/tissue/tissueGates.ts'
import type { Tissue, TissueSample } from '../../../src/core/calibration/tissue/tissues.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { hu, mgPerCm3, mm } from '../../../src/core/units.ts'
import { QCT_WEB } from './fixtures.ts'
import type { TissueNumbers } from './ogoInternal.ts'

/** Tissues as samples without noise. */
export const samplesOf = (numbers: TissueNumbers): TissueSample[] =>
  (Object.entries(numbers) as [Tissue, number][]).map(([tissue, value]) => ({
    tissue,
    meanHu: hu(value),
    standardErrorHu: hu(0),
  }))

/** Our fit of a Mindways Model 3 whose rods read so. */
export const mindwaysLine = (rodsHu: readonly number[], equation?: 'linear') => {
  const phantom = phantomById('mindways-model-3')
  const rods = phantom.rods.map((rod, at) => ({
    ...rod,
    meanHu: hu(rodsHu[at]!),
    sdHu: hu(10),
    standardErrorHu: hu(0),
    n: 1000,
    center: lpsPoint(0, 0, 0),
    radius: mm(6),
  }))
  return fitCalibration(phantom, rods, equation).calibration
}

const QCT_WEB_REFERENCE: TissueReference = {
  origin: 'user',
  mineral: 'K2HPO4',
  kvp: 120,
  tissues: {
    adipose: { density: mgPerCm3(QCT_WEB.reference.adipose), sd: mgPerCm3(1) },
    skeletalMuscle: { density: mgPerCm3(QCT_WEB.reference.skeletalMuscle), sd: mgPerCm3(1) },
  },
  scans: null,
  citation: 'QCTWeb-refactor',
}

/** That viewer believes every CT number. */
const EVERYTHING: TissueWindows = {
  air: [-2000, 4000],
  adipose: [-2000, 4000],
  skeletalMuscle: [-2000, 4000],
  blood: [-2000, 4000],
  corticalBone: [-2000, 4000],
}

/** Our two-point line with the densities that web viewer has built in. */
export const qctWebLine = (adipose: number, skeletalMuscle: number): ReferenceLine =>
  referenceLine(samplesOf({ adipose, skeletalMuscle }), QCT_WEB_REFERENCE, 120, EVERYTHING).calibration

const densities = parseTissueDensities({
  ...template,
  source: { ...template.source, verification: 'user', verifiedBy: 'the comparison' },
})
const spread = {
  sdHu: { adipose: 20, skeletalMuscle: 10, blood: 10, corticalBone: 300 },
  citation: 'assumed by the comparison',
}

/** Our calibration by the effective energy on linear attenuation. */
export const ourRaw = (numbers: TissueNumbers) =>
  tissueCalibration(samplesOf(numbers), densities, spread).calibration
