import { z } from 'zod'
import { VERTEBRAL_LEVELS } from '../core/units.ts'
import { PHANTOM_IDS } from './phantomModels.ts'
import { tissueTruthSchema } from './tissueTruth.ts'

const triple = z.tuple([z.number(), z.number(), z.number()])
const mineral = z.enum(['K2HPO4', 'HA', 'CaCO3'])

const rod = z.strictObject({
  label: z.string(),
  /** Where the rod's axis crosses the middle slice of the scan. */
  centerLps: triple,
  /** Unit direction of the rod, towards the end that is meant for the head. */
  axisLps: triple,
  radiusMm: z.number().positive(),
  densityMgPerCm3: z.number(),
  /** CT number of the rod's material on this scanner, without noise. */
  meanHu: z.number(),
})

const phantom = z.strictObject({
  id: z.enum(PHANTOM_IDS),
  mineral,
  /** The line a perfect calibration finds: density = slope · HU + intercept. */
  slopeMgPerCm3PerHu: z.number(),
  interceptMgPerCm3: z.number(),
  rods: z.array(rod),
})

const voi = z.strictObject({
  centerLps: triple,
  /** Unit direction to the head. */
  normalLps: triple,
  /** Unit direction to the patient's left. */
  lateralLps: triple,
  /** Half axes: lateral, antero-posterior. */
  radiiMm: z.tuple([z.number().positive(), z.number().positive()]),
  heightMm: z.number().positive(),
})

const level = z.strictObject({
  level: z.enum(VERTEBRAL_LEVELS),
  /** Centroid of the vertebral body. */
  seedLps: triple,
  voi,
  tiltDeg: z.number(),
  /** Mean of the continuous density field over the VOI, on the scale of `mineral`. */
  vbmdMgPerCm3: z.number(),
  /** Its CT number on this scanner. */
  meanHu: z.number(),
})

const doseEvent = z.strictObject({
  /** Null for the localizer. */
  exposureEvent: z.int().positive().nullable(),
  seriesNumber: z.int(),
  acquisitionType: z.enum(['constant-angle', 'spiral']),
  phantomCm: z.literal(32),
  ctdiVolMgy: z.number(),
  dlpMgyCm: z.number(),
  scanningLengthMm: z.number(),
  /** Only for the second spiral of a dual-energy pair; the others have the scanner's. */
  kvp: z.number().optional(),
})

/**
 * What a perfect reader would find in a digital exam: the protocol of `docs/methods/spine-trabecular-vbmd.md` on the
 * continuous shapes, before blur, noise and pixels. Only levels whose body lies wholly in the scan are listed.
 */
export const ExamTruth = z.strictObject({
  schemaVersion: z.literal(1),
  /** Scale of every density, also where there is no phantom to show it. */
  mineral,
  phantom: phantom.nullable(),
  levels: z.array(level),
  /** Irradiations in their order, with the digits of the dose report; null without one. */
  dose: z.array(doseEvent).nullable().default(null),
  /** Only where the exam states its tissues. */
  tissue: tissueTruthSchema.optional(),
})

/** What a perfect reader would find in a digital exam. */
export type ExamTruth = z.infer<typeof ExamTruth>
