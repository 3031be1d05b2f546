import type { z } from 'zod'
import { QctError } from '../../errors.ts'

/**
 * Reads JSON of tissue values by its schema.
 * @throws {QctError} `TISSUE_FILE_INVALID` naming the path of the first fault
 */
export function parseTissueFile<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new QctError('TISSUE_FILE_INVALID', {
    path: (issue?.path ?? []).map(String).join('.') || 'top level',
    problem: issue?.message ?? 'not valid',
  })
}
