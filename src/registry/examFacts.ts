import type { ExamRecord } from '../exam/record/examRecord.ts'
import { storableText } from './storableText.ts'
import type { ExamTable } from './tables.ts'

/** The facts of a record by which a work list shows its exam. */
export function examFacts(
  record: ExamRecord,
): Pick<
  ExamTable,
  'status' | 'signed' | 'patient_id' | 'patient_name' | 'study_instance_uid' | 'study_date'
> {
  const { patient, study } = record.inputs
  return {
    status: record.status,
    signed: record.signatures.length > 0,
    patient_id: storable(patient.patientId),
    patient_name: storable(patient.patientName),
    study_instance_uid: storable(study.studyInstanceUid),
    study_date: storable(study.studyDate),
  }
}

const storable = (text: string | null) => (text === null ? null : storableText(text))
