import type { z } from 'zod'
import { PATIENT_FACTS, type PatientSheet } from '../../../exam/record/patientSheet.ts'

/** A fact of the patient sheet. */
export type SheetFact = keyof PatientSheet

const NUMBERS: readonly SheetFact[] = ['ageYears', 'heightCm', 'weightKg']

/** What was typed for a fact: its value (null for an emptied field), or what is wrong with it. */
export function typedValue<K extends SheetFact>(
  fact: K,
  text: string,
): { readonly ok: true; readonly value: PatientSheet[K] } | { readonly ok: false; readonly problem: string } {
  if (text === '') return { ok: true, value: null as PatientSheet[K] }
  // A decimal comma is how half of the world writes a number.
  const value = NUMBERS.includes(fact) ? Number(text.replace(',', '.')) : text
  const schema: z.ZodType = PATIENT_FACTS[fact]
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { ok: true, value: parsed.data as PatientSheet[K] }
    : { ok: false, problem: parsed.error.issues[0]?.message ?? '' }
}
