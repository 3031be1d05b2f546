import { z } from 'zod'
import { parseCalibrationFile } from '../parseCalibrationFile.ts'
import { keptWarningSchema, phantomScanSchema, softwareSchema } from './phantomScanRecord.ts'
import { migrateStoredCalibration, STORED_CALIBRATION_VERSION } from './storedCalibrationMigration.ts'

const text = z.string().trim().min(1)
const day = z.iso.date()
const finite = z.number()

/** How a scan was made, as far as a calibration of another scan depends on it; `null` where no header says. */
const acquisitionSchema = z.strictObject({
  kernel: text.nullable(),
  tableHeightMm: finite.nullable(),
  reconstructionDiameterMm: z.number().positive().nullable(),
  sliceThicknessMm: z.number().positive().nullable(),
  /** Equivalent energy of a monoenergetic image, keV; `null` for a conventional one. */
  monoenergeticKev: z.number().positive().nullable(),
})

/** One rod as the phantom scan showed it, and what it is certified to hold. */
const storedRodSchema = z.strictObject({
  label: text,
  meanHu: finite,
  sdHu: z.number().nonnegative(),
  /** Standard error of the mean that knows the noise's autocorrelation. */
  standardErrorHu: z.number().nonnegative(),
  /** Voxels of the sample. */
  n: z.int().positive(),
  densityMgPerCm3: finite,
  /** Null for phantoms whose equation has no water term. */
  waterDensityMgPerCm3: finite.nullable(),
})

/** How a stored calibration came to be. */
const originSchema = z.strictObject({
  equation: z.enum(['water-term', 'linear']),
  /** Whether the rods' densities are those of the phantom's own certificate. */
  densitiesFrom: z.enum(['library', 'certificate', 'user file']),
  /** Where the densities are published or certified. */
  citation: text,
  rods: z.array(storedRodSchema).min(2),
  warnings: z.array(keptWarningSchema),
  scan: phantomScanSchema,
  software: softwareSchema,
})

/** A phantom scan that was analysed once and is kept for later patients. */
export const storedCalibrationSchema = z
  .strictObject({
    schemaVersion: z.literal(STORED_CALIBRATION_VERSION),
    /** What it is found by. */
    key: z.strictObject({ deviceSerial: text, model: text, kvp: z.number().positive(), phantomSerial: text }),
    acquisition: acquisitionSchema,
    /** Day of the phantom scan. */
    date: day,
    phantom: text,
    mineral: z.enum(['K2HPO4', 'HA', 'CaCO3']),
    line: z.strictObject({
      slopeMgPerCm3PerHu: z.number().positive(),
      interceptMgPerCm3: finite,
      residualSdMgPerCm3: z.number().nonnegative().nullable(),
      /** [var(slope), cov, var(intercept)]. */
      covariance: z.tuple([z.number().nonnegative(), finite, z.number().nonnegative()]),
    }),
    /** Null for a calibration of version 1, which kept none of it. */
    origin: originSchema.nullable(),
  })
  .refine(({ line: { covariance } }) => covariance[1] ** 2 <= covariance[0] * covariance[2] * (1 + 1e-9), {
    path: ['line', 'covariance'],
    message: 'the covariance exceeds what its variances allow',
  })

const verdict = z.enum(['pass', 'warn', 'refuse'])
/** A difference up to `warnAbove` passes; above `refuseAbove` it is refused; `null` never does. */
const limitsSchema = z
  .strictObject({ warnAbove: z.number().nonnegative(), refuseAbove: z.number().nonnegative().nullable() })
  .refine(({ warnAbove, refuseAbove }) => refuseAbove === null || refuseAbove >= warnAbove, {
    message: 'refuseAbove is below warnAbove',
  })

/** What a site makes of each difference between a patient's scan and the phantom's. */
export const asynchronousPolicySchema = z.strictObject({
  schemaVersion: z.literal(1),
  otherUnit: verdict,
  kernel: verdict,
  tableHeightMm: limitsSchema,
  reconstructionDiameterMm: limitsSchema,
  sliceThicknessMm: limitsSchema,
  ageDays: limitsSchema,
  qcMissing: verdict,
  qcFailed: verdict,
  /** Where a header does not say what would have to be compared. */
  notStated: verdict,
})

/** How a scan was made, as far as a calibration of another scan depends on it. */
export type AsynchronousAcquisition = z.infer<typeof acquisitionSchema>
/** A phantom scan that was analysed once and is kept for later patients. */
export type StoredCalibration = z.infer<typeof storedCalibrationSchema>
/** One rod as the phantom scan showed it. */
export type StoredRod = z.infer<typeof storedRodSchema>
/** What a site makes of each difference between a patient's scan and the phantom's. */
export type AsynchronousPolicy = z.infer<typeof asynchronousPolicySchema>

/**
 * Reads a stored calibration of this or an earlier schema version.
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID` naming the path of the first fault
 */
export const parseStoredCalibration = (json: unknown): StoredCalibration =>
  parseCalibrationFile('ASYNCHRONOUS_FILE_INVALID', storedCalibrationSchema, migrateStoredCalibration(json))

/**
 * Reads a site's policy.
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID` naming the path of the first fault
 */
export const parseAsynchronousPolicy = (json: unknown): AsynchronousPolicy =>
  parseCalibrationFile('ASYNCHRONOUS_FILE_INVALID', asynchronousPolicySchema, json)

/**
 * The policy of a site that has stated none. It warns of every difference that a review of errors names and refuses
 * only a failed quality check; no number here enters a density.
 *
 * Kernels and other settings moved results by 0.2 % and another unit of the model by 1.4 % (Skornitzke 2022,
 * s41598-022-24546-2); table height is the largest single part of the error budget, 2.3 % (Bligh 2009, Acad Radiol
 * 16(2)); phantoms are scanned weekly to monthly (PMC9925590, Table 2).
 */
export const DEFAULT_ASYNCHRONOUS_POLICY: AsynchronousPolicy = {
  schemaVersion: 1,
  otherUnit: 'warn',
  kernel: 'warn',
  tableHeightMm: { warnAbove: 10, refuseAbove: null },
  reconstructionDiameterMm: { warnAbove: 0.5, refuseAbove: null },
  sliceThicknessMm: { warnAbove: 0.01, refuseAbove: null },
  ageDays: { warnAbove: 31, refuseAbove: null },
  qcMissing: 'warn',
  qcFailed: 'refuse',
  notStated: 'warn',
}
