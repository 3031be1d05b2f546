import { phrase } from '../../core/words/words.ts'
import type { JobStep } from '../worker/examWorkerApi.ts'

/** What a job is doing, in words. */
export const jobWords = (step: JobStep): string =>
  step.name === 'measure'
    ? phrase('viewer.job.measure', { level: step.level })
    : phrase(`viewer.job.${step.name}`)
