import type { z } from 'zod'
import { QctError } from '../errors.ts'

/**
 * Reads JSON that calibration rests on by its schema.
 * @param code - What a fault is called: the kind of file.
 * @throws {QctError} The code, naming the path of the first fault.
 */
export function parseCalibrationFile<T>(
  code:
    | 'TISSUE_FILE_INVALID'
    | 'ASYNCHRONOUS_FILE_INVALID'
    | 'DUAL_ENERGY_FILE_INVALID'
    | 'MINERAL_CONVERSION_INVALID',
  schema: z.ZodType<T>,
  json: unknown,
): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new QctError(code, {
    path: (issue?.path ?? []).map(String).join('.') || 'top level',
    problem: issue?.message ?? 'not valid',
  })
}
