import { z } from 'zod'

const NOTE = z.string().max(2000)

/**
 * What a person may state of the patient, each fact with its limits. The limits only catch wrong units and slips of
 * the finger; they are no medical statement.
 */
export const PATIENT_FACTS = {
  sex: z.enum(['F', 'M', 'O']),
  birthDate: z.iso.date(),
  ageYears: z.number().min(0).max(125),
  heightCm: z.number().min(30).max(260),
  weightKg: z.number().min(1).max(500),
  menopausalStatus: z.enum(['pre', 'peri', 'post']),
  /** Why the exam was made, and who ordered it. */
  indication: NOTE,
  /** Earlier fractures: which bone, when, after what. `none` when there were none. */
  priorFracture: NOTE,
  /** Treatment that acts on bone, now or before. `none` when there was none. */
  treatment: NOTE,
}

/** The patient sheet as typed: null where nothing was typed, and then the image files' fact holds. */
export const patientSheetSchema = z.object({
  sex: PATIENT_FACTS.sex.nullable(),
  birthDate: PATIENT_FACTS.birthDate.nullable(),
  ageYears: PATIENT_FACTS.ageYears.nullable(),
  heightCm: PATIENT_FACTS.heightCm.nullable(),
  weightKg: PATIENT_FACTS.weightKg.nullable(),
  menopausalStatus: PATIENT_FACTS.menopausalStatus.nullable(),
  indication: PATIENT_FACTS.indication.nullable(),
  priorFracture: PATIENT_FACTS.priorFracture.nullable(),
  treatment: PATIENT_FACTS.treatment.nullable(),
})

/** The patient sheet as typed. */
export type PatientSheet = z.infer<typeof patientSheetSchema>

/** A sheet on which nothing was typed. */
export const EMPTY_PATIENT_SHEET: PatientSheet = {
  sex: null,
  birthDate: null,
  ageYears: null,
  heightCm: null,
  weightKg: null,
  menopausalStatus: null,
  indication: null,
  priorFracture: null,
  treatment: null,
}
