import { phrase } from '../core/words/words.ts'
import type { ExamStep } from '../exam/pipeline/examStep.ts'

/** What a step of the analysis is called on the terminal. */
export const stepWords = (step: ExamStep) =>
  step.name === 'measure'
    ? phrase('cli.step.measure', { level: step.level })
    : phrase(`cli.step.${step.name}`)
