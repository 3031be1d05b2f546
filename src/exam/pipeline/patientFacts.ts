import { type QctWarning, qctWarning } from '../../core/errors.ts'
import type { CtStudy } from '../../dicom/ctStudy.ts'
import type { ExamPatient } from '../record/inputs.ts'
import type { PatientFile } from '../record/patientFile.ts'

const orNull = <T extends string>(text: T | '') => (text === '' ? null : text)

/** A text that says something; blanks alone say nothing. */
const worded = (text: string | undefined) => (text === undefined || text.trim() === '' ? null : text.trim())

/**
 * What is known of the patient: the image files' facts, and over them what the patient file states. Where both
 * speak and differ, the patient file holds and a warning says in which fact.
 */
export function patientFacts(
  study: Pick<CtStudy, 'patient' | 'circumstances'> | null,
  stated: PatientFile | null,
  studyDate: string | null,
): { readonly patient: ExamPatient; readonly warnings: readonly QctWarning[] } {
  const identity = study?.patient ?? null
  const fromImages = {
    sex: identity === null ? null : orNull(identity.patientSex),
    birthDate: identity === null ? null : orNull(identity.patientBirthDate),
  }
  const birthDate = stated?.birthDate ?? (stated?.ageYears === undefined ? fromImages.birthDate : null)
  // The age that the files state counts where no birth date gives a better one.
  const ageInFiles = stated?.birthDate === undefined ? (identity?.patientAgeYears ?? null) : null
  const facts = {
    sex: stated?.sex ?? fromImages.sex,
    birthDate,
    ageYears: stated?.ageYears ?? ageAt(birthDate, studyDate) ?? ageInFiles,
    heightCm: stated?.heightCm ?? study?.circumstances.patientHeightCm ?? null,
    weightKg: stated?.weightKg ?? study?.circumstances.patientWeightKg ?? null,
    menopausalStatus: stated?.menopausalStatus ?? null,
    indication: worded(stated?.indication),
    priorFracture: worded(stated?.priorFracture),
    treatment: worded(stated?.treatment),
  }
  const sources: ExamPatient['sources'] = {}
  for (const [name, value] of Object.entries(facts))
    if (value !== null) sources[name] = name in (stated ?? {}) ? 'typed' : 'DICOM'
  if (stated?.birthDate !== undefined && facts.ageYears !== null) sources.ageYears = 'typed'

  return {
    patient: {
      patientId: identity === null ? null : orNull(identity.patientId),
      patientName: identity === null ? null : orNull(identity.patientName),
      ...facts,
      sources,
    },
    warnings: differences(fromImages, stated, studyDate).map((fact) =>
      qctWarning('PATIENT_FACTS_DIFFER', { fact }),
    ),
  }
}

function differences(
  images: { readonly sex: string | null; readonly birthDate: string | null },
  stated: PatientFile | null,
  studyDate: string | null,
): string[] {
  const facts: string[] = []
  if (stated?.sex !== undefined && images.sex !== null && stated.sex !== images.sex) facts.push('sex')
  if (stated?.birthDate !== undefined && images.birthDate !== null && stated.birthDate !== images.birthDate)
    facts.push('birth date')
  const age = ageAt(images.birthDate, studyDate)
  // A stated age is in completed years, and may be a birthday off.
  if (stated?.ageYears !== undefined && age !== null && Math.abs(stated.ageYears - age) > 2) facts.push('age')
  return facts
}

/**
 * Age in years with fractions at an ISO date: completed years, and the share of the running one.
 * Null when a date is missing, wrong, or before birth.
 */
export function ageAt(birthDate: string | null, date: string | null): number | null {
  const [birth, at] = [dayOf(birthDate), dayOf(date)]
  if (birth === null || at === null || at < birth) return null
  const birthday = (year: number) => Date.UTC(year, birth.getUTCMonth(), birth.getUTCDate())
  const reached = birthday(at.getUTCFullYear()) <= at.getTime()
  const last = at.getUTCFullYear() - (reached ? 0 : 1)
  return (
    last - birth.getUTCFullYear() + (at.getTime() - birthday(last)) / (birthday(last + 1) - birthday(last))
  )
}

function dayOf(iso: string | null): Date | null {
  if (iso === null || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null
  const day = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(day.getTime()) ? null : day
}
