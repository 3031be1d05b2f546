import { z } from 'zod'
import { doseResultSchema } from './dose.ts'
import { frozenReportSchema } from './frozenReport.ts'
import { levelSchema, mineralSchema, refusalSchema, tripleSchema, warningSchema } from './scalars.ts'

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

/** The line from CT number to density with its doubt; with method `none` every value is null. */
export const calibrationResultSchema = z.object({
  /** By which a level names the calibration it used. */
  id: z.string(),
  method: z.enum(['in-scan', 'none']),
  phantom: z.string().nullable(),
  mineral: mineralSchema.nullable(),
  equation: z.enum(['water-term', 'linear']).nullable(),
  slopeMgPerCm3PerHu: z.number().nullable(),
  interceptMgPerCm3: z.number().nullable(),
  /** Null also when two rods leave nothing to judge a line by. */
  residualSdMgPerCm3: z.number().nullable(),
  /** Variance of the slope, covariance, variance of the intercept. */
  covariance: tripleSchema.nullable(),
  rods: z.array(rodResultSchema),
})

/** One vertebral level as measured, or why it was not. */
export const levelResultSchema = z.object({
  level: levelSchema,
  status: z.enum(['done', 'refused']),
  refusal: refusalSchema.nullable(),
  vbmdMgPerCm3: z.number().nullable(),
  /** Half-width of the 95 % interval. */
  uncertaintyMgPerCm3: z.number().nullable(),
  meanHu: z.number().nullable(),
  sdHu: z.number().nullable(),
  standardErrorHu: z.number().nullable(),
  n: z.number().int().nullable(),
  centerLps: tripleSchema.nullable(),
  tiltDeg: z.number().nullable(),
  /** Id of the entry of `calibrations` this level used; null without calibration. */
  calibration: z.string().nullable(),
  warnings: z.array(warningSchema),
})

/** The spine as measured. */
export const spineResultSchema = z.object({
  levels: z.array(levelResultSchema),
  meanVbmdMgPerCm3: z.number().nullable(),
  meanUncertaintyMgPerCm3: z.number().nullable(),
  category: z.enum(['normal', 'osteopenia-equivalent', 'osteoporosis-equivalent']).nullable(),
  /** Why no category is given; null when one is. */
  categoryWithheld: refusalSchema.nullable(),
})

/** What came out. Rebuilt from inputs and decisions while the exam is a draft. */
export const resultsSchema = z.object({
  calibration: calibrationResultSchema,
  calibrations: z.array(calibrationResultSchema),
  spine: spineResultSchema,
  warnings: z.array(warningSchema),
  /** The dose of the study's scans; null when no dose object was read. */
  dose: doseResultSchema.nullable(),
  report: z.object({
    text: z.string(),
    /** The report as it was signed; null while the exam is a draft. */
    frozen: frozenReportSchema.nullable(),
  }),
})

/** What came out. */
export type ExamResults = z.infer<typeof resultsSchema>
/** The line from CT number to density with its doubt. */
export type CalibrationResult = z.infer<typeof calibrationResultSchema>
/** One vertebral level as measured, or why it was not. */
export type LevelResult = z.infer<typeof levelResultSchema>
/** The spine as measured. */
export type SpineResult = z.infer<typeof spineResultSchema>
