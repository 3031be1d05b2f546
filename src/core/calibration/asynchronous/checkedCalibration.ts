import { z } from 'zod'
import { parseCalibrationFile } from '../parseCalibrationFile.ts'
import type { PhantomQuality } from './matchCalibration.ts'
import { type QualityCheck, qualityCheckSchema } from './qualityCheck.ts'
import {
  parseStoredCalibration,
  type StoredCalibration,
  storedCalibrationSchema,
} from './storedCalibration.ts'
import { migrateStoredCalibration } from './storedCalibrationMigration.ts'

/** A stored calibration as it leaves the registry: with every quality check that was compared with it, latest scan first. */
const checkedCalibrationSchema = z.strictObject({
  schemaVersion: z.literal(1),
  calibration: z.preprocess(migrateStoredCalibration, storedCalibrationSchema),
  quality: z.array(qualityCheckSchema),
})

/** A stored calibration with its quality checks, as a file. */
export type CheckedCalibration = z.infer<typeof checkedCalibrationSchema>

/**
 * The file of a stored calibration and its quality checks.
 *
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID` naming the path of the first fault: nothing is written that would not be read again.
 */
export const checkedCalibration = (
  calibration: StoredCalibration,
  quality: readonly QualityCheck[],
): CheckedCalibration =>
  parseCalibrationFile('ASYNCHRONOUS_FILE_INVALID', checkedCalibrationSchema, {
    schemaVersion: 1,
    calibration,
    quality,
  })

/**
 * Reads a stored calibration with its quality checks, or a stored calibration alone, which then has none.
 *
 * @throws {QctError} `ASYNCHRONOUS_FILE_INVALID` naming the path of the first fault
 */
export function parseCheckedCalibration(json: unknown): {
  readonly calibration: StoredCalibration
  readonly quality: PhantomQuality[]
} {
  // A stored calibration alone has no such member.
  if (typeof json !== 'object' || json === null || !('calibration' in json))
    return { calibration: parseStoredCalibration(json), quality: [] }
  const { calibration, quality } = parseCalibrationFile(
    'ASYNCHRONOUS_FILE_INVALID',
    checkedCalibrationSchema,
    json,
  )
  return { calibration, quality: quality.map(qualityOf) }
}

/** What of a quality check speaks for or against a calibration. */
export const qualityOf = ({ date, passed }: QualityCheck): PhantomQuality => ({ date, passed })
