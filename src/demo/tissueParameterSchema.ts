import { z } from 'zod'

/** When after the contrast medium the digital patient was scanned. */
export const CONTRAST_PHASES = ['none', 'arterial', 'portal venous', 'delayed'] as const

const contrast = z.strictObject({
  phase: z.enum(CONTRAST_PHASES),
  /** What the medium adds at 120 kVp. */
  enhancementHu: z.strictObject({
    aorta: z.number().min(0).max(600),
    venaCava: z.number().min(0).max(400),
    muscle: z.number().min(0).max(60),
    marrow: z.number().min(0).max(60),
  }),
})

/**
 * The patient's own tissues: CT numbers they would have at 120 kVp on an undrifted scanner, before contrast medium.
 * What is not named has the value an exam without stated tissue has; the vena cava then holds the aorta's blood.
 */
export const tissueParameters = z.strictObject({
  muscleHu: z.number().min(0).max(100).default(54),
  subcutaneousFatHu: z.number().min(-150).max(-50).default(-104),
  visceralFatHu: z.number().min(-150).max(-50).default(-98),
  bloodHu: z.number().min(5).max(90).default(41),
  /** Share of the marrow's volume that is fat; null where the marrow is as water. */
  marrowFatFraction: z.number().min(0.2).max(0.6).nullable().default(null),
  contrast: contrast.default({
    phase: 'none',
    enhancementHu: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 },
  }),
})

/** The patient's own tissues. */
export type TissueParameters = z.infer<typeof tissueParameters>
