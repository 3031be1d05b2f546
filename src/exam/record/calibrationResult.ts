import { z } from 'zod'
import { TISSUES } from '../../core/calibration/tissue/tissues.ts'
import { methodSchema, mineralSchema, refusalSchema, tripleSchema } from './scalars.ts'

/** One rod as measured, with its certified density. */
export const rodResultSchema = z.object({
  label: z.string(),
  meanHu: z.number(),
  sdHu: z.number(),
  standardErrorHu: z.number(),
  n: z.number().int(),
  densityMgPerCm3: z.number(),
  waterDensityMgPerCm3: z.number().nullable(),
  centerLps: tripleSchema,
  radiusMm: z.number(),
})

/** The stored calibration that was used, and every difference between its scan and this one. */
const asynchronousResultSchema = z.object({
  deviceSerial: z.string(),
  model: z.string(),
  kvp: z.number(),
  phantomSerial: z.string(),
  /** Day of the phantom scan. */
  date: z.string(),
  /** Whether a quality check up to the day of the scan passed. */
  qualityPassed: z.boolean(),
  reasons: z.array(z.object({ check: z.string(), verdict: z.enum(['warn', 'refuse']), message: z.string() })),
})

/** The tissues a line rests on, and what each of them does to it. */
const tissueResultSchema = z.object({
  tissues: z.array(
    z.object({
      tissue: z.enum(TISSUES),
      meanHu: z.number(),
      standardErrorHu: z.number(),
      /** CT numbers between which the tissue is believed. */
      windowHu: z.tuple([z.number(), z.number()]),
      isUsed: z.boolean(),
      /** Measured less expected; null for a tissue that was left out. */
      residualHu: z.number().nullable(),
    }),
  ),
  effectiveEnergyKeV: z.number().nullable(),
  effectiveEnergyStandardErrorKeV: z.number().nullable(),
  /** CT number for which `leftOut` states its changes; null where there is no such table. */
  leftOutAtHu: z.number().nullable(),
  /** What leaving each used tissue out would change. */
  leftOut: z.array(
    z.object({
      tissue: z.enum(TISSUES),
      changeMgPerCm3: z.number().nullable(),
      effectiveEnergyKeV: z.number().nullable(),
      /** Why no calibration would be left. */
      refusal: refusalSchema.nullable(),
    }),
  ),
})

const responseSchema = z.object({
  calciumHuPerMgPerCm3: z.number(),
  softHuPerUnit: z.number(),
  offsetHu: z.number(),
  covariance: tripleSchema,
})

/** The 2×2 basis of a pair of series. */
const dualEnergyResultSchema = z.object({
  otherSeriesUid: z.string(),
  pair: z.object({ unit: z.enum(['kVp', 'keV']), low: z.number(), high: z.number() }),
  origin: z.enum(['phantom', 'user']),
  low: responseSchema,
  high: responseSchema,
})

/** How CT numbers became densities, with its doubt; with method `none` every value is null. */
export const calibrationResultSchema = z.object({
  /** By which a level names the calibration it used. */
  id: z.string(),
  method: methodSchema,
  phantom: z.string().nullable(),
  mineral: mineralSchema.nullable(),
  /** Of a phantom's rods; null for a line that was found without any. */
  equation: z.enum(['water-term', 'linear']).nullable(),
  /** Null for dual energy, which has no line. */
  slopeMgPerCm3PerHu: z.number().nullable(),
  interceptMgPerCm3: z.number().nullable(),
  /** Null also when two rods leave nothing to judge a line by. */
  residualSdMgPerCm3: z.number().nullable(),
  /** Variance of the slope, covariance, variance of the intercept. */
  covariance: tripleSchema.nullable(),
  rods: z.array(rodResultSchema),
  /** One of the three is there for its method, null for every other. */
  asynchronous: asynchronousResultSchema.nullable(),
  tissue: tissueResultSchema.nullable(),
  dualEnergy: dualEnergyResultSchema.nullable(),
  /** Where its values come from, beyond what the phantom library states. */
  citations: z.array(z.string()),
})

/** How CT numbers became densities, with its doubt. */
export type CalibrationResult = z.infer<typeof calibrationResultSchema>
