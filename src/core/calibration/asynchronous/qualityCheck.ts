import { z } from 'zod'
import { parseCalibrationFile } from '../parseCalibrationFile.ts'
import { keptWarningSchema, phantomScanSchema, softwareSchema } from './phantomScanRecord.ts'

const finite = z.number()

/** What a later phantom scan has to keep to. */
const limitsSchema = z.strictObject({
  /** Largest change of a rod's density, in per cent of what it was. */
  deviationPercent: z.number().positive().max(100),
  /** Rods below this density are not judged: a share of little says nothing. */
  leastDensityMgPerCm3: z.number().positive(),
  /** Largest residual SD of the later scan's own line. */
  residualSdMgPerCm3: z.number().positive(),
  setBy: z.enum(['program', 'site']),
})

const checkedRodSchema = z.strictObject({
  label: z.string().min(1),
  /** The rod's density by the stored line, in the stored scan and in the later one. */
  thenMgPerCm3: finite,
  nowMgPerCm3: finite,
  /** Standard error of their difference, from the noise of both scans. */
  standardErrorMgPerCm3: z.number().nonnegative(),
  deviationPercent: finite,
  verdict: z.enum(['within', 'beyond', 'not judged']),
})

/** A later scan of the same phantom on the same scanner, compared with the stored calibration. */
export const qualityCheckSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Day of the later scan. */
  date: z.iso.date(),
  passed: z.boolean(),
  limits: limitsSchema,
  rods: z.array(checkedRodSchema).min(1),
  /** Of the later scan's own line; null where two rods leave nothing to judge it by. */
  residualSdMgPerCm3: z.number().nonnegative().nullable(),
  /** What it failed by. */
  faults: z.array(keptWarningSchema),
  /** Doubts that do not fail it. */
  warnings: z.array(keptWarningSchema),
  scan: phantomScanSchema,
  software: softwareSchema,
})

/** What a later phantom scan has to keep to. */
export type QualityLimits = z.infer<typeof limitsSchema>
/** One rod of a quality check. */
export type CheckedRod = z.infer<typeof checkedRodSchema>
/** A later scan of the same phantom on the same scanner, compared with the stored calibration. */
export type QualityCheck = z.infer<typeof qualityCheckSchema>

/**
 * Reads a quality check.
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID` naming the path of the first fault
 */
export const parseQualityCheck = (json: unknown): QualityCheck =>
  parseCalibrationFile('ASYNCHRONOUS_FILE_INVALID', qualityCheckSchema, json)
