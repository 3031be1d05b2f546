import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DemoExam } from '../../api/demoExam.ts'
import { API_ROOT } from '../../api/routes.ts'
import { QctError } from '../../core/errors.ts'
import type { ExamParameters } from '../../demo/examParameters.ts'
import { LEAST_FREE_BYTES, refuseFullDisk } from '../../registry/diskSpace.ts'
import type { DemoExamNews, DemoExamOrder } from './demoExamWorker.ts'

/** The usual demo exam takes 190 MB; it must not take the registry's last space. */
const DEMO_BYTES = 256 * 2 ** 20

/** The demo exam of a data folder: makes it on request, says how far it is, and knows its files. */
export interface DemoExamKeeper {
  readonly state: () => DemoExam
  /** Begins to make it, unless it is there or being made. Gives the state at once. */
  readonly make: () => DemoExam
  /** Where a file of the exam lies on disk. @throws {QctError} `DEMO_FILE_UNKNOWN`. */
  readonly fileOf: (path: string) => string
  /** Stops making it; what is half made is removed. */
  readonly stop: () => Promise<void>
}

/**
 * Keeps the demo exam in a folder of its own.
 *
 * It is drawn in a worker thread, so that the server answers meanwhile, into a partial folder that takes its name when
 * it is whole. An exam drawn by another version of the generator has another digest and is replaced.
 *
 * @param folder - Folder of the demo exams alone; everything else in it is removed.
 * @param digest - Names the generator's version and the parameters.
 */
export function demoExamKeeper(folder: string, digest: string, parameters: ExamParameters): DemoExamKeeper {
  const whole = join(folder, digest.slice(0, 16))
  const partial = `${whole}-partial`
  let worker: Worker | undefined
  let progress = 0
  let failure: DemoExam['failure'] = null
  let files = filesOf(whole)

  const state = (): DemoExam => ({
    state:
      files !== undefined
        ? 'ready'
        : worker !== undefined
          ? 'making'
          : failure !== null
            ? 'failed'
            : 'absent',
    progress: files === undefined ? progress : 1,
    failure,
    files: [...(files ?? [])].map(([path, { sizeBytes }]) => ({
      path,
      url: `${API_ROOT}/demo-exam/files/${path}`,
      sizeBytes,
    })),
  })

  const fail = (cause: unknown) => {
    const code = (cause as { code?: unknown } | null)?.code
    const name = cause instanceof Error ? cause.name : 'unknown reason'
    const error =
      cause instanceof QctError
        ? cause
        : new QctError('DEMO_EXAM_FAILED', { reason: typeof code === 'string' ? code : name })
    failure = { code: error.code, message: error.message }
    progress = 0
    rmSync(partial, { recursive: true, force: true })
  }

  const make = (): DemoExam => {
    if (files !== undefined || worker !== undefined) return state()
    failure = null
    progress = 0
    try {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(partial, { recursive: true, mode: 0o700 })
      refuseFullDisk(partial, DEMO_BYTES + LEAST_FREE_BYTES)
    } catch (cause) {
      fail(cause)
      return state()
    }
    const made = new Worker(new URL('./demoExamWorker.ts', import.meta.url), {
      workerData: { folder: partial, parameters } satisfies DemoExamOrder,
    })
    worker = made
    let fault: unknown
    made.on('message', ({ done, total }: DemoExamNews) => {
      progress = done / total
    })
    made.on('error', (cause) => {
      fault = cause
    })
    made.on('exit', (exitCode) => {
      if (worker !== made) return // stopped
      worker = undefined
      try {
        if (fault !== undefined || exitCode !== 0) throw fault ?? new Error(`ended with ${exitCode}`)
        renameSync(partial, whole)
        files = filesOf(whole)
      } catch (cause) {
        fail(cause)
      }
    })
    return state()
  }

  return {
    state,
    make,
    fileOf: (path) => {
      const file = files?.get(path)
      if (file === undefined) throw new QctError('DEMO_FILE_UNKNOWN', {})
      return file.file
    },
    stop: async () => {
      const stopped = worker
      worker = undefined
      await stopped?.terminate()
      rmSync(partial, { recursive: true, force: true })
    },
  }
}

/** The images of a whole demo exam by their path in it, with `/` between folders; undefined when there is none. */
function filesOf(exam: string): Map<string, { file: string; sizeBytes: number }> | undefined {
  let entries: { file: string; sizeBytes: number }[]
  try {
    entries = readdirSync(join(exam, 'dicom'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ file, sizeBytes: statSync(file).size }))
  } catch {
    return undefined // not made yet
  }
  return new Map(entries.map((entry) => [relative(exam, entry.file).split(sep).join('/'), entry]))
}
