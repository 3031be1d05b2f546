import type { PatientFile } from '../../exam/record/patientFile.ts'

/** What the digital patient's files cannot say, so that the demo's report shows a complete patient. */
export const DEMO_PATIENT: PatientFile = {
  heightCm: 164,
  weightKg: 68,
  menopausalStatus: 'post',
  priorFracture: 'none',
  treatment: 'none',
  indication: 'Demonstration on a digital exam; this is no patient.',
}
