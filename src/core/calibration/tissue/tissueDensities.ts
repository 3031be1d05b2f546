import { z } from 'zod'
import { QctError } from '../../errors.ts'
import { parseCalibrationFile } from '../parseCalibrationFile.ts'
import type { Tissue } from './tissues.ts'

const density = z.number().min(0.5).max(2.5)

/** Mass densities of tissues as a file states them. Air's is too small to matter and is taken as zero. */
const tissueDensitiesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  source: z.strictObject({
    citation: z.string().min(1),
    verification: z.enum(['V', 'V2', 'user', 'unverified']),
    /** Who compared the values with the source: needed where a user vouches for them. */
    verifiedBy: z.string().min(1).optional(),
  }),
  note: z.string().min(1).optional(),
  densityGPerCm3: z.strictObject({
    adipose: density,
    blood: density,
    corticalBone: density,
    skeletalMuscle: density,
  }),
})

/** Mass densities in g/cm³ with the source that reaches print. */
export interface TissueDensities {
  readonly gPerCm3: Readonly<Record<Exclude<Tissue, 'air'>, number>>
  readonly citation: string
  /** Who vouches for them when it is not the program. */
  readonly verifiedBy: string | null
}

/**
 * Reads a file of tissue densities. The program has none of its own: `tissueDensities.json` is a template whose
 * status says that nobody has read it against its source, and as long as it says so it is refused.
 * @throws {QctError} `TISSUE_FILE_INVALID` naming the path of the first fault; `TISSUE_REFERENCE_UNVERIFIED`
 */
export function parseTissueDensities(json: unknown): TissueDensities {
  const { source, densityGPerCm3 } = parseCalibrationFile('TISSUE_FILE_INVALID', tissueDensitiesSchema, json)
  if (source.verification === 'unverified') {
    throw new QctError('TISSUE_REFERENCE_UNVERIFIED', { citation: source.citation })
  }
  if (source.verification === 'user' && source.verifiedBy === undefined) {
    throw new QctError('TISSUE_FILE_INVALID', {
      path: 'source.verifiedBy',
      problem: 'a user who vouches for the values must be named',
    })
  }
  return {
    gPerCm3: densityGPerCm3,
    citation: source.citation,
    verifiedBy: source.verifiedBy ?? null,
  }
}
