import { describe, expect, it } from 'vitest'
import { densityStandardError } from '../../../../src/core/calibration/fitCalibration.ts'
import { effectiveEnergy } from '../../../../src/core/calibration/tissue/effectiveEnergy.ts'
import {
  extrapolationWarning,
  k2hpo4Line,
  leaveOneTissueOut,
  tissueCalibration,
} from '../../../../src/core/calibration/tissue/tissueCalibration.ts'
import { TISSUES, type Tissue, type TissueSample } from '../../../../src/core/calibration/tissue/tissues.ts'
import { hu } from '../../../../src/core/units.ts'
import { codeOf, seededNormal } from '../seededNormal.ts'
import { densities, spread, tissuesAt, wide } from './modelTissues.ts'

const soft: readonly Tissue[] = ['adipose', 'skeletalMuscle', 'blood']

describe('the K2HPO4 line of an energy', () => {
  it('is that of the attenuation of a solution', () => {
    // By hand at 60 keV, where the table holds both: σ = 0.3890/0.2059 − 0.2174, β = −0.4 HU.
    const sigma = 0.389 / 0.2059 - 0.2174
    const line = k2hpo4Line(60)
    expect(line.slope).toBeCloseTo(1 / sigma, 12)
    expect(line.intercept).toBeCloseTo(0.4 / sigma, 12)
    // The same from linear attenuation: 100 mg/cm³ in the water it leaves room for.
    const mu = 0.1 * 0.389 + (0.9996 - 0.2174 * 0.1) * 0.2059
    expect(line.slope * 1000 * (mu / 0.2059 - 1) + line.intercept).toBeCloseTo(100, 9)
  })

  it('gives the slope of the published phantom scan at an energy CT scanners have', () => {
    // Bonelab/Ogo's archived Mindways scan has 0.800282662689 mg/cm³ per HU; 120 kVp through a body is 65 to 80 keV.
    expect(k2hpo4Line(65).slope).toBeLessThan(0.8003)
    expect(k2hpo4Line(80).slope).toBeGreaterThan(0.8003)
  })
})

describe('the effective energy', () => {
  it.each([52, 61, 70, 78.3, 95])('is found again from tissues made at %d keV', (energy) => {
    const fit = effectiveEnergy(tissuesAt(energy, TISSUES), densities, spread)
    expect(fit.energyKeV).toBeCloseTo(energy, 3) // the search narrows to 1e-4 keV
    for (const { residualHu } of fit.residuals) expect(Math.abs(residualHu)).toBeLessThan(0.01)
  })

  it('has the standard error of its one informative tissue', () => {
    // Fat alone speaks when muscle and blood are given no weight: se = s / |dH/dE|, the slope by differences at 70 keV.
    const unsure = { ...spread, sdHu: { ...spread.sdHu, skeletalMuscle: 1e6, blood: 1e6 } }
    const fit = effectiveEnergy(tissuesAt(70, ['air', ...soft], undefined, 0), densities, unsure)
    const [below, above] = [69.99, 70.01].map((energy) => tissuesAt(energy, ['adipose'])[0]!.meanHu)
    expect(fit.standardErrorKeV).toBeCloseTo(6 / ((above! - below!) / 0.02), 2)
  })

  it('weighs a tissue by how well it is known', () => {
    const off = (tissue: Tissue) => (tissue === 'adipose' ? 10 : 0)
    const trusting = effectiveEnergy(tissuesAt(70, TISSUES, off), densities, spread)
    const doubting = effectiveEnergy(tissuesAt(70, TISSUES, off), densities, {
      ...spread,
      sdHu: { ...spread.sdHu, adipose: 60 },
    })
    expect(Math.abs(doubting.energyKeV - 70)).toBeLessThan(Math.abs(trusting.energyKeV - 70) / 5)
  })

  it('lets tissues that contradict each other widen its error', () => {
    const off = (tissue: Tissue) => (tissue === 'adipose' ? -25 : tissue === 'corticalBone' ? -400 : 0)
    const fit = effectiveEnergy(tissuesAt(70, TISSUES, off), densities, spread)
    const agreed = effectiveEnergy(tissuesAt(70, TISSUES), densities, spread)
    expect(fit.reducedChiSquare!).toBeGreaterThan(4)
    expect(fit.standardErrorKeV).toBeGreaterThan(1.8 * agreed.standardErrorKeV)
  })

  it('is refused without air and bone, with too few tissues, or outside what scanners show', () => {
    expect(codeOf(() => effectiveEnergy(tissuesAt(70, soft), densities, spread))).toBe('TISSUES_COLLINEAR')
    expect(codeOf(() => effectiveEnergy(tissuesAt(70, ['air', 'adipose']), densities, spread))).toBe(
      'TISSUES_TOO_FEW',
    )
    for (const energy of [40, 110]) {
      expect(codeOf(() => effectiveEnergy(tissuesAt(energy, TISSUES), densities, spread))).toBe(
        'TISSUE_ENERGY_OUT_OF_RANGE',
      )
    }
  })
})

describe('the calibration by tissues', () => {
  it('gives the line of the fitted energy with its sources', () => {
    const { calibration, warnings } = tissueCalibration(tissuesAt(70, TISSUES), densities, spread, wide)
    expect(calibration.slope).toBeCloseTo(k2hpo4Line(70).slope, 5)
    expect(calibration.citations).toEqual([densities.citation, spread.citation])
    expect(warnings).toEqual([])
  })

  it('publishes a residual beyond what the tissue may be off by', () => {
    const off = (tissue: Tissue) => (tissue === 'skeletalMuscle' ? -30 : 0)
    const { warnings } = tissueCalibration(tissuesAt(70, TISSUES, off), densities, spread, wide)
    expect(warnings).toMatchObject([
      { code: 'TISSUE_RESIDUAL_LARGE', details: { tissue: 'skeletalMuscle' } },
      // 5 SD by themselves: more than any of a hundred patients.
      { code: 'TISSUES_CONTRADICT' },
    ])
  })

  it('says when no energy explains the tissues within the stated spread, and of one patient in a hundred for nothing', () => {
    const codes = (samples: TissueSample[]) =>
      tissueCalibration(samples, densities, spread, wide).warnings.map(({ code }) => code)
    // Blood alone is off: fat sets the energy, blood hardly pulls at it, and 9.21 is 3.03 SD squared.
    const off = (by: number) => (tissue: Tissue) => (tissue === 'blood' ? by * Math.hypot(6, 0.5) : 0)
    expect(codes(tissuesAt(70, ['air', ...soft], off(-3.3)))).toContain('TISSUES_CONTRADICT')
    expect(codes(tissuesAt(70, ['air', ...soft], off(-2.8)))).not.toContain('TISSUES_CONTRADICT')
    const normal = seededNormal(11)
    const [repeats, chance] = [2000, 0.01]
    let warned = 0
    for (let repeat = 0; repeat < repeats; repeat++) {
      const drawn = tissuesAt(70, TISSUES, (tissue) =>
        tissue === 'air' ? 0 : Math.hypot(0.5, spread.sdHu[tissue]) * normal(),
      )
      if (codes(drawn).includes('TISSUES_CONTRADICT')) warned++
    }
    // Four standard deviations of a count of 2000.
    const four = 4 * Math.sqrt(repeats * chance * (1 - chance))
    expect(Math.abs(warned - repeats * chance)).toBeLessThan(four)
  })

  it('warns of contrast agent and does without blood', () => {
    const off = (tissue: Tissue) => (tissue === 'blood' ? 100 : 0)
    const without = TISSUES.filter((tissue) => tissue !== 'blood')
    const all = tissueCalibration(tissuesAt(70, TISSUES, off), densities, spread, {
      ...wide,
      blood: [-20, 60],
    })
    const { calibration } = tissueCalibration(tissuesAt(70, without), densities, spread, wide)
    expect(all.warnings.map((w) => w.code)).toEqual(['TISSUE_CONTRAST_SUSPECTED'])
    expect(all.calibration.slope).toBe(calibration.slope)
  })

  it('refuses fat, muscle and blood alone also when air was given but is not believable', () => {
    const off = (tissue: Tissue) => (tissue === 'air' ? 60 : 0)
    const samples = tissuesAt(70, ['air', ...soft], off)
    expect(codeOf(() => tissueCalibration(samples, densities, spread))).toBe('TISSUES_COLLINEAR')
  })

  it('says beyond which CT numbers it extrapolates', () => {
    const { calibration } = tissueCalibration(tissuesAt(70, ['air', ...soft]), densities, spread, wide)
    expect(extrapolationWarning(calibration, hu(50))).toBeNull()
    expect(extrapolationWarning(calibration, hu(150))).toMatchObject({
      code: 'TISSUE_EXTRAPOLATED',
      details: { found: 150, low: -1000 },
    })
  })

  it('tells what leaving each tissue out would change', () => {
    const off = (tissue: Tissue) => (tissue === 'adipose' ? -10 : 0)
    const samples: TissueSample[] = tissuesAt(70, ['air', ...soft], off)
    const table = leaveOneTissueOut(samples, densities, spread, hu(150), wide)
    expect(table.map((row) => row.tissue)).toEqual(samples.map((s) => s.tissue))
    expect(table.find((row) => row.tissue === 'air')!.refused!.code).toBe('TISSUES_COLLINEAR')
    // Without the fat that was off, muscle and blood put the energy back to 70 keV.
    const fat = table.find((row) => row.tissue === 'adipose')!
    expect(fat.energyKeV).toBeCloseTo(70, 2)
    const whole = tissueCalibration(samples, densities, spread, wide).calibration
    const at150 = (line: { slope: number; intercept: number }) => line.slope * 150 + line.intercept
    expect(fat.change).toBeCloseTo(at150(k2hpo4Line(70)) - at150(whole), 2)
  })

  it('says of the published side-by-side input that its tissues contradict each other', () => {
    // The input on which open programs give 80 to 118 mg/cm³ at 150 HU, by which tissues they use.
    const published = { air: -1000, adipose: -100, skeletalMuscle: 50, blood: 40, corticalBone: 1200 }
    const samples = TISSUES.map((tissue) => ({
      tissue,
      meanHu: hu(published[tissue]),
      standardErrorHu: hu(0.5),
    }))
    const { calibration, warnings } = tissueCalibration(samples, densities, spread)
    expect(calibration.energy.reducedChiSquare!).toBeGreaterThan(4)
    expect(warnings.map((w) => w.code)).toContain('TISSUE_RESIDUAL_LARGE')
    // By the linear attenuation, not near the 98 keV of a fit on mass attenuation.
    expect(calibration.energy.energyKeV).toBeLessThan(85)
    const half = 1.96 * densityStandardError(calibration, hu(150), hu(0))
    const value = calibration.slope * 150 + calibration.intercept
    for (const other of [79.9, 86.2, 117.8]) expect(Math.abs(other - value)).toBeLessThan(half)
  })

  it('states a 95 % interval that holds the truth in 92 to 98 % of patients', () => {
    const normal = seededNormal(4)
    const truth = k2hpo4Line(70).slope * 150 + k2hpo4Line(70).intercept
    const repeats = 2000
    let [held, refused] = [0, 0]
    for (let repeat = 0; repeat < repeats; repeat++) {
      const off = (tissue: Tissue) => Math.hypot(0.5, tissue === 'air' ? 0 : spread.sdHu[tissue]) * normal()
      try {
        const { calibration } = tissueCalibration(tissuesAt(70, TISSUES, off), densities, spread, wide)
        const half = 1.96 * densityStandardError(calibration, hu(150), hu(0))
        if (Math.abs(calibration.slope * 150 + calibration.intercept - truth) <= half) held++
      } catch {
        refused++
      }
    }
    expect(refused).toBe(0)
    expect(held / repeats).toBeGreaterThan(0.92)
    expect(held / repeats).toBeLessThan(0.98)
  })
})
