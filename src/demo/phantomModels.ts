import type { Mineral } from '../core/units.ts'

/** Ids of the phantom models a digital exam can contain. */
export const PHANTOM_IDS = [
  'mindways-model-3',
  'mindways-model-3-qa',
  'qrm-bdc-3',
  'qrm-bdc-6',
  'b-mas-200',
  'image-analysis-qct-3d-plus',
  'siemens-osteo',
] as const

/** Id of one phantom model. */
export type PhantomId = (typeof PHANTOM_IDS)[number]

/** What one rod is made of, by its certificate. */
export interface RodMaterial {
  readonly label: string
  readonly densityMgPerCm3: number
  /** Water-equivalent density; only for phantoms made of something other than water plus mineral. */
  readonly waterMgPerCm3?: number
}

/** One phantom model: its mineral, and its rods in their order along the row. */
export interface PhantomModel {
  readonly mineral: Mineral
  readonly rods: readonly RodMaterial[]
}

/** The rods of a phantom of hydroxyapatite in water-equivalent plastic, labelled A, B, C … along the row. */
const hydroxyapatite = (...densities: number[]): PhantomModel => ({
  mineral: 'HA',
  rods: densities.map((densityMgPerCm3, index) => ({
    label: String.fromCharCode(65 + index),
    densityMgPerCm3,
  })),
})

/**
 * The rods the generator puts into its phantoms.
 *
 * Typed from the publications on purpose, with nothing shared with the calibration code that is tested on them.
 * Values are those of single certified phantoms (serials 4541A/4560, 4408, BDC-71, BDC-106, G2730); another serial
 * of the same model has other values.
 * @see Bonelab Ogo, `ogo/util/Helper.py`, commit a7e74fc, https://github.com/Bonelab/Ogo
 */
export const PHANTOM_MODELS: Readonly<Record<PhantomId, PhantomModel>> = {
  'mindways-model-3': {
    mineral: 'K2HPO4',
    rods: [
      { label: 'A', densityMgPerCm3: -51.83, waterMgPerCm3: 1012.25 },
      { label: 'B', densityMgPerCm3: -53.4, waterMgPerCm3: 1056.95 },
      { label: 'C', densityMgPerCm3: 58.88, waterMgPerCm3: 1103.57 },
      { label: 'D', densityMgPerCm3: 157.05, waterMgPerCm3: 1119.52 },
      { label: 'E', densityMgPerCm3: 375.83, waterMgPerCm3: 923.2 },
    ],
  },
  'mindways-model-3-qa': {
    mineral: 'K2HPO4',
    rods: [
      { label: 'A', densityMgPerCm3: 58.88, waterMgPerCm3: 1103.57 },
      { label: 'B', densityMgPerCm3: -53.4, waterMgPerCm3: 1056.95 },
      { label: 'C', densityMgPerCm3: 157.05, waterMgPerCm3: 1119.52 },
      { label: 'D', densityMgPerCm3: 157.13, waterMgPerCm3: 1120.1 },
    ],
  },
  'qrm-bdc-3': hydroxyapatite(100, 400, 800),
  'qrm-bdc-6': hydroxyapatite(0, 100, 200, 400, 600, 800),
  'b-mas-200': hydroxyapatite(0, 50, 100, 150, 200),
  'image-analysis-qct-3d-plus': hydroxyapatite(8, 97.3, 189.8),
  'siemens-osteo': hydroxyapatite(0, 200),
}
