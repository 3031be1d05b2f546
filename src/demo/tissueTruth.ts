import { z } from 'zod'
import { VERTEBRAL_LEVELS } from '../core/units.ts'
import type { ExamParameters } from './examParameterSchema.ts'
import type { ExamScene } from './examScene.ts'
import { marrowHu } from './marrow.ts'
import { PHANTOM_MODELS } from './phantomModels.ts'
import { scannerResponse } from './scannerResponse.ts'
import { secondExposure } from './secondExposure.ts'
import { softTissues } from './softTissues.ts'
import { CONTRAST_PHASES } from './tissueParameterSchema.ts'

const exposure = z.strictObject({
  seriesNumber: z.int(),
  kvp: z.number(),
  /** CT numbers on this scanner, offset and contrast medium included. */
  muscleHu: z.number(),
  subcutaneousFatHu: z.number(),
  visceralFatHu: z.number(),
  aortaHu: z.number(),
  venaCavaHu: z.number(),
  /** Of the marrow between the trabeculae. */
  marrowHu: z.number(),
  /** The line a perfect calibration finds at this voltage: density = slope · HU + intercept. */
  slopeMgPerCm3PerHu: z.number(),
  interceptMgPerCm3: z.number(),
  rods: z.array(z.strictObject({ label: z.string(), meanHu: z.number() })),
  levels: z.array(
    z.strictObject({
      level: z.enum(VERTEBRAL_LEVELS),
      meanHu: z.number(),
      /** What the perfect line makes of that CT number: the mineral with the bias by marrow. */
      singleEnergyVbmdMgPerCm3: z.number(),
    }),
  ),
})

/** Truth about the tissues of an exam that states them, one entry per tube voltage; beam hardening left out. */
export const tissueTruthSchema = z.strictObject({
  /** Null where the marrow is as water. */
  marrowFatFraction: z.number().nullable(),
  contrastPhase: z.enum(CONTRAST_PHASES),
  exposures: z.array(exposure),
})

/** Truth about the tissues of an exam. */
export type TissueTruth = z.infer<typeof tissueTruthSchema>

/** A level and its true mineral density. */
export interface TrueLevel {
  readonly level: (typeof VERTEBRAL_LEVELS)[number]
  readonly vbmdMgPerCm3: number
}

/** Works out the truth about an exam's tissues; undefined for an exam that states none. */
export function tissueTruth(scene: ExamScene, levels: readonly TrueLevel[]): TissueTruth | undefined {
  const { parameters } = scene
  const { tissue, phantom } = parameters
  if (tissue === undefined) return undefined
  const mineral = phantom === null ? 'K2HPO4' : PHANTOM_MODELS[phantom.id].mineral
  const exposed = (at: ExamParameters, seriesNumber: number): z.infer<typeof exposure> => {
    const scanner = scannerResponse(at, mineral)
    const soft = softTissues(at)
    const { slopeMgPerCm3PerHu, interceptMgPerCm3 } = scanner
    return {
      seriesNumber,
      kvp: at.scanner.kvp,
      muscleHu: scanner.tissueHu(soft.muscle),
      subcutaneousFatHu: scanner.tissueHu(soft.subcutaneousFat),
      visceralFatHu: scanner.tissueHu(soft.visceralFat),
      aortaHu: scanner.tissueHu(soft.artery),
      venaCavaHu: scanner.tissueHu(soft.venaCava),
      marrowHu: scanner.tissueHu(marrowHu(at)),
      slopeMgPerCm3PerHu,
      interceptMgPerCm3,
      rods: (scene.phantom?.rods ?? []).map(({ material }) => ({
        label: material.label,
        meanHu: scanner.rodHu(material),
      })),
      levels: levels.map(({ level, vbmdMgPerCm3 }) => {
        const meanHu = scanner.trabecularHu(vbmdMgPerCm3)
        return { level, meanHu, singleEnergyVbmdMgPerCm3: slopeMgPerCm3PerHu * meanHu + interceptMgPerCm3 }
      }),
    }
  }
  const second = secondExposure(parameters)
  return {
    marrowFatFraction: tissue.marrowFatFraction,
    contrastPhase: tissue.contrast.phase,
    exposures: [exposed(parameters, 2), ...(second === undefined ? [] : [exposed(second, 4)])],
  }
}
