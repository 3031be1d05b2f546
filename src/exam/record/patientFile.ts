import { z } from 'zod'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { firstIssue } from './issue.ts'
import { unknownKeys } from './unknownKeys.ts'

// The limits below only catch wrong units and slips of the finger; they are no medical statement.
const patientFileSchema = z
  .object({
    sex: z.enum(['F', 'M', 'O']).optional(),
    birthDate: z.iso.date().optional(),
    ageYears: z.number().min(0).max(125).optional(),
    heightCm: z.number().min(30).max(260).optional(),
    weightKg: z.number().min(1).max(500).optional(),
    menopausalStatus: z.enum(['pre', 'peri', 'post']).optional(),
    indication: z.string().max(2000).optional(),
  })
  .refine((patient) => patient.birthDate === undefined || patient.ageYears === undefined, {
    path: ['ageYears'],
    message: 'give birthDate or ageYears, not both',
  })

/** What a person states of the patient beyond the image files, or against them. */
export type PatientFile = z.infer<typeof patientFileSchema>

/**
 * Reads the JSON of a patient file.
 * @throws {QctError} `PATIENT_FILE_INVALID` naming the path of the first fault, never its value.
 */
export function parsePatientFile(json: unknown): {
  readonly patientFile: PatientFile
  readonly warnings: QctWarning[]
} {
  const parsed = patientFileSchema.safeParse(json)
  if (!parsed.success) throw new QctError('PATIENT_FILE_INVALID', firstIssue(parsed.error).details)
  const keys = unknownKeys(json, parsed.data)
  return {
    patientFile: parsed.data,
    warnings: keys.length === 0 ? [] : [qctWarning('INPUT_KEY_UNKNOWN', { file: 'patient', keys })],
  }
}
