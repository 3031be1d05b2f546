import type { ExamContext } from '../../../src/exam/pipeline/examContext.ts'
import { patientFacts } from '../../../src/exam/pipeline/patientFacts.ts'
import { SOFTWARE } from '../../../src/exam/record/software.ts'

/** The circumstances of an exam of which the files say nothing beyond its date: a woman of 70, after menopause. */
export const plainContext: ExamContext = {
  study: {
    studyInstanceUid: '1',
    studyDate: '2026-03-02',
    studyTime: null,
    studyDescription: null,
    accessionNumber: null,
    institutionName: null,
    referringPhysicianName: null,
    setAside: [],
  },
  patient: patientFacts(null, { sex: 'F', ageYears: 70, menopausalStatus: 'post' }, '2026-03-02').patient,
  software: SOFTWARE,
  digest: null,
  series: null,
  seriesDecision: null,
  dose: null,
  warnings: [],
}
