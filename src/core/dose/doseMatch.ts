import type { DoseSubject } from './doseReport.ts'

/** A fact of identity in which a dose object and an exam may differ. */
export type IdentityFact = 'patient ID' | 'patient name' | 'birth date' | 'sex'

/**
 * Whether a dose object belongs to an exam. `matches`: same study, and the patient agrees in all that both state, an
 * ID or name among it. `unproven`: same study, nothing differs, but nothing names the patient. `differs`: another
 * study, or a fact of the patient differs; only a person may use it then.
 */
export interface DoseMatch {
  readonly verdict: 'matches' | 'unproven' | 'differs'
  readonly isSameStudy: boolean
  /** No fact differs, and an ID or a name agrees. */
  readonly isSamePatient: boolean
  readonly differs: readonly IdentityFact[]
}

/** Case, padding and trailing carets are how systems write a name, not whose name it is. */
const asWritten = (text: string) =>
  text
    .replace(/[\s^]+$/, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toUpperCase()

const FACTS: readonly (readonly [IdentityFact, (subject: DoseSubject) => string])[] = [
  ['patient ID', (subject) => subject.patientId],
  ['patient name', (subject) => subject.patientName],
  ['birth date', (subject) => subject.patientBirthDate],
  ['sex', (subject) => subject.patientSex],
]

/**
 * Compares whom and which study a dose object speaks of with those of an exam.
 *
 * A fact that only one of them states proves nothing and speaks against nothing. An accession number is not enough to
 * join two studies: one may stand for several exams.
 */
export function matchDose(dose: DoseSubject, exam: DoseSubject): DoseMatch {
  const differs: IdentityFact[] = []
  let agreeing = 0
  for (const [fact, read] of FACTS) {
    const [ours, theirs] = [asWritten(read(exam)), asWritten(read(dose))]
    if (ours === '' || theirs === '') continue
    if (ours !== theirs) differs.push(fact)
    else if (fact === 'patient ID' || fact === 'patient name') agreeing += 1
  }
  const isSameStudy = exam.studyInstanceUid !== '' && dose.studyInstanceUid === exam.studyInstanceUid
  const isSamePatient = differs.length === 0 && agreeing > 0
  const verdict = !isSameStudy || differs.length > 0 ? 'differs' : isSamePatient ? 'matches' : 'unproven'
  return { verdict, isSameStudy, isSamePatient, differs }
}
