import type { QctWarning } from '../../core/errors.ts'
import type { SetAsideFile } from '../../dicom/ctStudy.ts'
import { SOFTWARE } from '../record/software.ts'
import { doseResult } from './doseResult.ts'
import type { ExamContext } from './examContext.ts'
import type { ExamRequest } from './examRequest.ts'
import type { ExamSource } from './examSource.ts'
import { patientFacts } from './patientFacts.ts'

const orNull = (text: string) => (text === '' ? null : text)
const setAsideOf = ({ path, reason, error }: SetAsideFile) => ({ path, reason, code: error?.code ?? null })

/** What is known of an exam before a pixel is read. */
export function draftContext(
  source: ExamSource,
  request: ExamRequest,
  digest: string,
  warnings: readonly QctWarning[],
): ExamContext {
  const study = source.kind === 'study' ? source.study : null
  const studyDate = study === null ? null : orNull(study.studyDate)
  const facts = patientFacts(study, request.patientFile, studyDate)
  return {
    study: {
      studyInstanceUid: study === null ? null : orNull(study.studyInstanceUid),
      studyDate,
      studyTime: study?.circumstances.studyTime ?? null,
      studyDescription: study === null ? null : orNull(study.studyDescription),
      accessionNumber: study === null ? null : orNull(study.accessionNumber),
      institutionName: study?.circumstances.institutionName ?? null,
      referringPhysicianName: study?.circumstances.referringPhysicianName ?? null,
      setAside: source.kind === 'study' ? source.setAside.map(setAsideOf) : [],
    },
    patient: facts.patient,
    software: SOFTWARE,
    digest,
    series: null,
    seriesDecision: null,
    dose: source.kind === 'study' ? doseResult(source.study, request.dose, source.setAside) : null,
    warnings: [...warnings, ...facts.warnings],
  }
}
