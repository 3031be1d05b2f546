import type { Mineral } from '../core/units.ts'
import type { ExamParameters } from './examParameterSchema.ts'
import { marrowHu } from './marrow.ts'
import { addedHu } from './materialHu.ts'
import type { RodMaterial } from './phantomModels.ts'

/** How the digital scanner turns materials into CT numbers. */
export interface ScannerResponse {
  /** CT number of bone, in HU, from its density on the scale of the exam's mineral. */
  readonly boneHu: (densityMgPerCm3: number) => number
  /** CT number of trabecular bone: the same, with the marrow between it. */
  readonly trabecularHu: (densityMgPerCm3: number) => number
  /** CT number of a phantom rod. */
  readonly rodHu: (rod: RodMaterial) => number
  /** CT number of a soft tissue, water, plastic or air that would read `nominal` on an undrifted scanner. */
  readonly tissueHu: (nominal: number) => number
  /** The exact line density = slope·HU + intercept that a perfect calibration of this scanner would find. */
  readonly slopeMgPerCm3PerHu: number
  readonly interceptMgPerCm3: number
}

/**
 * HU per mg/cm³ of K₂HPO₄ before the water it displaces is taken off.
 *
 * 120 kVp: the published scan of a Mindways Model 3. Other voltages: the ratio of the mass attenuation coefficients
 * of K₂HPO₄ and water at 60, 66 and 80 keV, effective energies chosen by this project to stand for 80, 100, 140 kVp.
 * @see Bonelab Ogo, unit test of its Mindways calibration (σ_ref 1.466958)
 */
const MINERAL_HU: Readonly<Record<number, number>> = { 80: 1.889, 100: 1.696, 120: 1.466958, 140: 1.365 }

/** Water displaced by K₂HPO₄, mg per mg, and the density of pure water (mg/cm³). @see Bonelab Ogo; Mindways QCT PRO User Guide v5.0 */
const DISPLACED_WATER = 0.2174
const PURE_WATER = 999.6

/**
 * K₂HPO₄- over hydroxyapatite-equivalent density of the same bone: 0.86 at 80 kVp, 0.81 at 140 kVp, by straight
 * line between. @see Goodsitt MM. Bone Miner 1992;19:145–158
 */
const hydroxyapatiteRatio = (kvp: number) => 0.86 + ((0.81 - 0.86) * (kvp - 80)) / (140 - 80)

/**
 * The response of the exam's scanner for a mineral. The scanner is linear: drift of the mineral's slope in per cent
 * (spectrum, body size) and of the offset in HU (warm-up) are its own, and phantom and patient share them, which is
 * what an in-scan phantom is for.
 */
export function scannerResponse(parameters: ExamParameters, mineral: Mineral): ScannerResponse {
  const { kvp, mineralSlopeDriftPercent, offsetHu } = parameters.scanner
  // stated tissues follow the beam, and bone must follow the same one for an energy pair to be of one patient
  const nominalHu = parameters.tissue === undefined ? MINERAL_HU[kvp]! : addedHu('K2HPO4', kvp)
  const mineralHu = nominalHu * (1 + mineralSlopeDriftPercent / 100)
  const dissolvedHu = mineralHu - DISPLACED_WATER
  const boneSlope = mineral === 'K2HPO4' ? dissolvedHu : dissolvedHu * hydroxyapatiteRatio(kvp)
  const boneOffset = mineral === 'K2HPO4' ? PURE_WATER - 1000 + offsetHu : offsetHu
  const marrow = marrowHu(parameters)
  const boneHu = (density: number) => boneSlope * density + boneOffset
  return {
    boneHu,
    // the marrow fills what the mineral leaves; with marrow as water this is bone's own number
    trabecularHu: (density) => boneHu(density) + marrow * (1 - (DISPLACED_WATER * density) / 1000),
    rodHu: ({ densityMgPerCm3, waterMgPerCm3 }) =>
      waterMgPerCm3 === undefined
        ? boneSlope * densityMgPerCm3 + boneOffset
        : waterMgPerCm3 - 1000 + mineralHu * densityMgPerCm3 + offsetHu,
    tissueHu: (nominal) => nominal + offsetHu,
    slopeMgPerCm3PerHu: 1 / boneSlope,
    interceptMgPerCm3: -boneOffset / boneSlope,
  }
}
