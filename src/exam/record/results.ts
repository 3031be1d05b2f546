import { z } from 'zod'
import { calibrationResultSchema } from './calibrationResult.ts'
import { doseResultSchema } from './dose.ts'
import { frozenReportSchema } from './frozenReport.ts'
import {
  disagreementSchema,
  levelByCalibrationSchema,
  routeResultSchema,
  screeningResultSchema,
} from './routeResults.ts'
import { levelSchema, refusalSchema, tripleSchema, warningSchema } from './scalars.ts'

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
  /** What every route made of it, the used one among them, in the order of trust. */
  byCalibration: z.array(levelByCalibrationSchema),
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
  /** Null when it was not asked for. */
  screening: screeningResultSchema.nullable(),
  /** Pairs of routes that differ at a level by more than their doubt, or must not be compared. */
  disagreements: z.array(disagreementSchema),
})

/** What came out. Rebuilt from inputs and decisions while the exam is a draft. */
export const resultsSchema = z.object({
  calibration: calibrationResultSchema,
  calibrations: z.array(calibrationResultSchema),
  /** Every route that was asked for or that the inputs allow. */
  routes: z.array(routeResultSchema),
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
export type { CalibrationResult } from './calibrationResult.ts'
/** One vertebral level as measured, or why it was not. */
export type LevelResult = z.infer<typeof levelResultSchema>
/** The spine as measured. */
export type SpineResult = z.infer<typeof spineResultSchema>
