import template from '../../../../src/core/calibration/tissue/tissueDensities.json' with { type: 'json' }
import { parseTissueDensities } from '../../../../src/core/calibration/tissue/tissueDensities.ts'
import type { TissueWindows } from '../../../../src/core/calibration/tissue/tissueGates.ts'
import { tissueHu } from '../../../../src/core/calibration/tissue/tissueHu.ts'
import type { Tissue, TissueSample, TissueSpread } from '../../../../src/core/calibration/tissue/tissues.ts'
import { hu } from '../../../../src/core/units.ts'

/** The template's densities as a user would vouch for them. */
export const densities = parseTissueDensities({
  ...template,
  source: { ...template.source, verification: 'user', verifiedBy: 'the test' },
})

/** A spread between patients as tests assume it. */
export const spread: TissueSpread = {
  sdHu: { adipose: 6, skeletalMuscle: 6, blood: 6, corticalBone: 100 },
  citation: 'assumed by the test',
}

/** Windows so wide that the model's own tissues pass at any energy: ICRU cortical bone is denser than patients'. */
export const wide: TissueWindows = {
  air: [-1100, -900],
  adipose: [-200, 0],
  skeletalMuscle: [-60, 140],
  blood: [-60, 160],
  corticalBone: [500, 3000],
}

/** Tissues exactly as they look at one energy, each off by what `off` says. */
export const tissuesAt = (
  energyKeV: number,
  tissues: readonly Tissue[],
  off: (tissue: Tissue) => number = () => 0,
  standardError = 0.5,
): TissueSample[] =>
  tissues.map((tissue) => ({
    tissue,
    meanHu: hu(tissueHu(tissue, energyKeV, densities) + off(tissue)),
    standardErrorHu: hu(standardError),
  }))
