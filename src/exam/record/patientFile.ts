import { z } from 'zod'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { firstIssue } from './issue.ts'
import { EMPTY_PATIENT_SHEET, PATIENT_FACTS, type PatientSheet } from './patientSheet.ts'
import { unknownKeys } from './unknownKeys.ts'

const patientFileSchema = z
  .object(PATIENT_FACTS)
  .partial()
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

/** A patient file as the record keeps it. */
export const sheetOfPatientFile = (file: PatientFile | null): PatientSheet => ({
  ...EMPTY_PATIENT_SHEET,
  ...Object.fromEntries(Object.entries(file ?? {}).filter(([, value]) => value !== undefined)),
})

/** The patient file that a typed sheet stands for; null when nothing was typed. */
export function patientFileOfSheet(sheet: PatientSheet): PatientFile | null {
  const stated = Object.fromEntries(Object.entries(sheet).filter(([, value]) => value !== null))
  return Object.keys(stated).length === 0 ? null : stated
}
