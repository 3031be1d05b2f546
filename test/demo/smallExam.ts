import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'

/** An exam of a small field, without noise unless asked, for tests that look at single places of it. */
export function smallExam(
  acquisition: Partial<ExamParameters['acquisition']>,
  changes: Partial<Omit<ExamParameters, 'acquisition'>> = {},
): ExamParameters {
  return {
    ...defaultExamParameters,
    image: { noiseSdHu: 0, blurSigmaMm: 0.5 },
    ...changes,
    acquisition: { ...defaultExamParameters.acquisition, ...acquisition },
  }
}

/** The spine of an exam without anything in its bone but one density, so that an edge has two plain sides. */
export function plainSpine(density: number): ExamParameters['spine'] {
  const { spine } = defaultExamParameters
  return {
    ...spine,
    levels: spine.levels.map((level) => ({ ...level, coreDensityMgPerCm3: density, boneIsland: null })),
    endplateExcessPercent: 0,
    veinDeficitPercent: 0,
    texturePercent: 0,
    corticalDensityMgPerCm3: density,
  }
}
