/** Starts an exam worker of this build. */
export const newExamWorker = (): Worker =>
  new Worker(new URL('./exam.worker.ts', import.meta.url), { type: 'module', name: 'exam' })
