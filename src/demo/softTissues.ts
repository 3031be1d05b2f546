import type { ExamParameters } from './examParameterSchema.ts'
import { huAtKvp, iodineHu, materialHu } from './materialHu.ts'

/** CT numbers of an exam's soft tissues at its voltage, on an undrifted scanner. */
export interface SoftTissues {
  readonly muscle: number
  readonly subcutaneousFat: number
  readonly visceralFat: number
  readonly artery: number
  readonly venaCava: number
  readonly smallVein: number
  /** CT number at this voltage of another tissue of water, protein and fat, from the one at 120 kVp. */
  readonly tissue: (nominal: number) => number
}

/** Tissues of an exam that states none, the same at every voltage; plausible values, not references. */
const UNSTATED: SoftTissues = {
  muscle: 54,
  subcutaneousFat: -104,
  visceralFat: -98,
  artery: 41,
  venaCava: 38,
  smallVein: 41,
  tissue: (nominal) => nominal,
}

/** Below this is gas or foam, above it bone or calcium: neither is a mixture of water with fat or protein. */
const SOFT = { from: -200, to: 120 } as const
/** Densities of adipose tissue and skeletal muscle, in g/cm³. @see NISTIR 5632, table 2 (ICRU Report 44) */
const DENSITY = { adipose: 0.95, muscle: 1.05 } as const

/** The soft tissues of an exam: blood with the contrast medium of its phase, fat and muscle as stated. */
export function softTissues({ tissue, scanner: { kvp } }: ExamParameters): SoftTissues {
  if (tissue === undefined) return UNSTATED
  const { enhancementHu } = tissue.contrast
  const ratio = (material: 'adipose' | 'muscle') =>
    materialHu(material, DENSITY[material], kvp) / materialHu(material, DENSITY[material], 120)
  const [fatRatio, leanRatio] = [ratio('adipose'), ratio('muscle')]
  const blood = huAtKvp('blood', tissue.bloodHu, kvp)
  const vein = blood + iodineHu(enhancementHu.venaCava, kvp)
  return {
    muscle: huAtKvp('muscle', tissue.muscleHu, kvp) + iodineHu(enhancementHu.muscle, kvp),
    subcutaneousFat: huAtKvp('adipose', tissue.subcutaneousFatHu, kvp),
    visceralFat: huAtKvp('adipose', tissue.visceralFatHu, kvp),
    artery: blood + iodineHu(enhancementHu.aorta, kvp),
    venaCava: vein,
    smallVein: vein,
    tissue: (nominal) => {
      if (nominal < SOFT.from || nominal > SOFT.to) return nominal
      return nominal * (nominal < 0 ? fatRatio : leanRatio)
    },
  }
}
