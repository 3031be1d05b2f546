import { z } from 'zod'
import {
  asynchronousPolicySchema,
  storedCalibrationSchema,
} from '../../core/calibration/asynchronous/storedCalibration.ts'
import { dualEnergyFileSchema } from '../../core/calibration/dualEnergy/dualEnergyFile.ts'
import { plausibleEnergySchema, tissueReferenceSchema } from '../../core/calibration/tissue/tissueFiles.ts'
import { TISSUES } from '../../core/calibration/tissue/tissues.ts'
import { tripleSchema } from './scalars.ts'

const perTissue = z.object({
  adipose: z.number(),
  skeletalMuscle: z.number(),
  blood: z.number(),
  corticalBone: z.number(),
})
const window = z.tuple([z.number(), z.number()])

/** A phantom scan kept from earlier, and the quality checks that were compared with it and no other. */
export const calibrationWithQualitySchema = z.object({
  calibration: storedCalibrationSchema,
  quality: z.array(z.object({ date: z.iso.date(), passed: z.boolean() })),
})

/** Phantom scans kept from earlier, each with its quality checks, and what the site makes of differences. */
export const asynchronousInputsSchema = z.object({
  /** Empty: calibrations were looked for, and none is kept for the scan. */
  stored: z.array(calibrationWithQualitySchema),
  policy: asynchronousPolicySchema,
})

/** What calibration by tissues rests on. Densities and spread give the effective energy; a reference gives a line. */
export const tissueInputsSchema = z.object({
  densities: z
    .object({ gPerCm3: perTissue, citation: z.string(), verifiedBy: z.string().nullable() })
    .nullable(),
  spread: z
    .object({
      sdHu: perTissue,
      /** Absent: the fitted energy is not held against the tube voltage. */
      plausibleEnergy: z.array(plausibleEnergySchema).readonly().optional(),
      citation: z.string(),
    })
    .nullable(),
  reference: tissueReferenceSchema.nullable(),
  /** CT numbers between which a tissue is believed; null: the built-in windows. */
  windows: z
    .object({
      air: window,
      adipose: window,
      skeletalMuscle: window,
      blood: window,
      corticalBone: window,
    })
    .nullable(),
})

/** The second series of a dual-energy pair, and the basis of the pair. */
export const dualEnergyInputsSchema = z.object({
  /** SeriesInstanceUID or series id within the same study. */
  otherSeriesUid: z.string().min(1),
  /** Null: from the hydroxyapatite rods of the phantom in the scan. */
  basis: dualEnergyFileSchema.nullable(),
})

/** A round cylinder along the patient in which a tissue is measured. Several of one tissue are measured together. */
export const tissueRegionSchema = z.object({
  tissue: z.enum(TISSUES),
  centerLps: tripleSchema,
  radiusMm: z.number().positive(),
  /** Null: as high as it is wide. */
  heightMm: z.number().positive().nullable().default(null),
})

/** A phantom scan kept from earlier, and its quality checks. */
export type CalibrationWithQuality = z.infer<typeof calibrationWithQualitySchema>
/** Phantom scans kept from earlier, and what the site makes of differences. */
export type AsynchronousInputs = z.infer<typeof asynchronousInputsSchema>
/** What calibration by tissues rests on. */
export type TissueInputs = z.infer<typeof tissueInputsSchema>
/** The second series of a dual-energy pair, and its basis. */
export type DualEnergyInputs = z.infer<typeof dualEnergyInputsSchema>
/** A round cylinder in which a tissue is measured. */
export type TissueRegion = z.infer<typeof tissueRegionSchema>
