import { z } from 'zod'
import { qualityCheckSchema } from '../core/calibration/asynchronous/qualityCheck.ts'
import { storedCalibrationSchema } from '../core/calibration/asynchronous/storedCalibration.ts'
import { sha256Schema } from './exams.ts'

/** The name of a stored calibration in the registry. */
export const calibrationIdSchema = z.uuid()
/** Why a calibration is withdrawn; no place for patient data. */
export const withdrawalReasonSchema = z.string().trim().min(1).max(500)

/** What a list shows of a stored calibration. */
export const calibrationSummarySchema = z.object({
  calibrationId: calibrationIdSchema,
  /** ISO instant by the server's clock. */
  storedAt: z.iso.datetime(),
  sha256: sha256Schema,
  deviceSerial: z.string(),
  model: z.string(),
  kvp: z.number(),
  phantomSerial: z.string(),
  /** Day of the phantom scan. */
  scanDate: z.iso.date(),
  /** The latest quality check by the day of its scan; null without one. */
  lastCheck: z.object({ date: z.iso.date(), passed: z.boolean() }).nullable(),
  /** Null while it is in use. */
  withdrawn: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
})

/** A stored calibration with its checks, brought to the current schema version where it is older. */
export const keptCalibrationSchema = calibrationSummarySchema.extend({
  calibration: storedCalibrationSchema,
  /** Latest scan first. */
  checks: z.array(qualityCheckSchema),
})

/** Which calibrations are asked for; a fact that is left out may be any. */
export const calibrationListQuerySchema = z.object({
  deviceSerial: z.string().max(64).optional(),
  model: z.string().max(64).optional(),
  kvp: z.coerce.number().positive().optional(),
  phantomSerial: z.string().max(64).optional(),
  /** `true`: also those that were withdrawn. */
  withdrawn: z.stringbool().optional(),
})

/** The path of one calibration. */
export const calibrationPathSchema = z.object({ calibrationId: calibrationIdSchema })

/** What a list shows of a stored calibration. */
export type CalibrationSummary = z.infer<typeof calibrationSummarySchema>
/** A stored calibration with its checks. */
export type KeptCalibration = z.infer<typeof keptCalibrationSchema>
