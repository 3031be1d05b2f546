import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { type TissueParameters, tissueParameters } from '../../src/demo/tissueParameterSchema.ts'

/** An exam whose patient has tissues of their own: those named, and the rest as when nothing is named. */
export function statedExam(
  tissue: Partial<TissueParameters> = {},
  changes: Partial<Omit<ExamParameters, 'tissue'>> = {},
): ExamParameters {
  return { ...defaultExamParameters, ...changes, tissue: tissueParameters.parse(tissue) }
}

/** The default scanner at a voltage, without drift. */
export const scannerAt = (kvp: ExamParameters['scanner']['kvp']): ExamParameters['scanner'] => ({
  kvp,
  mineralSlopeDriftPercent: 0,
  offsetHu: 0,
})

/** Contrast medium of the portal venous phase. */
export const PORTAL_VENOUS: TissueParameters['contrast'] = {
  phase: 'portal venous',
  enhancementHu: { aorta: 110, venaCava: 95, muscle: 15, marrow: 10 },
}
