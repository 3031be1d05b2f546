import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { randomPatientParameters } from '../../src/demo/randomPatientParameters.ts'
import { scannerAt } from './statedExam.ts'

const NO_CONTRAST = {
  phase: 'none' as const,
  enhancementHu: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 },
}

/**
 * A patient of a series on the one digital scanner, of their own tissues, density and size, with the phantom under the
 * back: L1–L5 in slices of 3 mm, pixels of 1.9 mm, so that it is written and measured in seconds.
 */
export function learningExam(index: number, changes: Partial<ExamParameters> = {}): ExamParameters {
  const { tissue, patient, spine, seed } = randomPatientParameters(31, index)
  if (tissue === undefined) throw new Error('a random patient states their tissues')
  const { acquisition } = defaultExamParameters
  return {
    ...defaultExamParameters,
    seed,
    patient,
    // the drawn densities on an upright column: how levels are found is not under test here
    spine: {
      ...defaultExamParameters.spine,
      levels: spine.levels.map((level) => ({ ...level, boneIsland: null })),
    },
    scanner: { ...scannerAt(120), mineralSlopeDriftPercent: -3, offsetHu: 4 },
    tissue: { ...tissue, marrowFatFraction: null, contrast: NO_CONTRAST },
    acquisition: {
      ...acquisition,
      columns: 200,
      rows: 200,
      pixelSpacingMm: 1.9,
      sliceCount: 75,
      sliceThicknessMm: 3,
      sliceSpacingMm: 3,
      scanCenterZMm: 0,
    },
    ...changes,
  }
}
