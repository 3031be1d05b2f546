import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { ExamParameters } from '../../demo/examParameters.ts'
import { writeExam } from '../../demo/writeExam.ts'

/** What the worker is asked for. */
export interface DemoExamOrder {
  /** An empty folder. */
  readonly folder: string
  readonly parameters: ExamParameters
}

/** What the worker tells while it makes the exam. It ends by itself when all is written, or fails with the reason. */
export interface DemoExamNews {
  readonly done: number
  readonly total: number
}

const { folder, parameters } = workerData as DemoExamOrder
await writeExam(
  parameters,
  async (path, bytes) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  },
  { onProgress: (done, total) => parentPort?.postMessage({ done, total } satisfies DemoExamNews) },
)
