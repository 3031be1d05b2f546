import type { z } from 'zod'
import { apiErrorSchema } from '../../api/apiError.ts'
import type { KeptCalibration } from '../../api/calibrations.ts'
import type { DemoExam } from '../../api/demoExam.ts'
import type { ExamList, ExamSummary, SavedExam } from '../../api/exams.ts'
import { ROUTES } from '../../api/routes.ts'
import type { ServerStatus } from '../../api/serverStatus.ts'
import { QctError } from '../../core/errors.ts'
import { canonicalSha256 } from '../../exam/record/canonicalJson.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { firstIssue } from '../../exam/record/issue.ts'
import type { WorkerFailure } from '../worker/examWorkerApi.ts'

/** A refusal that the server words itself, for example that another version was saved meanwhile. */
export class ServerRefusal extends Error {
  readonly failure: WorkerFailure
  constructor(failure: WorkerFailure) {
    super(failure.message)
    this.name = 'ServerRefusal'
    this.failure = failure
  }
}

/** Exams shown in the work list. */
const LISTED = 50

/** The product's server, spoken to by the contract of `src/api` alone. */
export class ServerClient {
  readonly #fetch: typeof fetch

  constructor(fetching: typeof fetch = (...request) => fetch(...request)) {
    this.#fetch = fetching
  }

  /** What the server is; null where the viewer is served without one. */
  async status(): Promise<ServerStatus | null> {
    try {
      return await this.#ask(ROUTES.serverStatus.path, {}, ROUTES.serverStatus.response[200])
    } catch {
      return null
    }
  }

  /** How far the demo exam is; `isAsked` has it made. */
  demoExam(isAsked: boolean): Promise<DemoExam> {
    return this.#ask(
      ROUTES.demoExam.path,
      { method: isAsked ? 'POST' : 'GET' },
      ROUTES.demoExam.response[200],
    )
  }

  /** The exams of the registry that were saved last. */
  listExams(): Promise<ExamList> {
    const query = new URLSearchParams({ limit: String(LISTED) })
    return this.#ask(`${ROUTES.listExams.path}?${query}`, {}, ROUTES.listExams.response[200])
  }

  /** The newest exam of a study in the registry, if there is one. */
  async newestOfStudy(studyInstanceUid: string): Promise<ExamSummary | null> {
    const query = new URLSearchParams({ studyInstanceUid, limit: '1' })
    const { exams } = await this.#ask(`${ROUTES.listExams.path}?${query}`, {}, ROUTES.listExams.response[200])
    return exams[0] ?? null
  }

  /** The newest version of an exam. */
  readExam(examId: string): Promise<SavedExam> {
    return this.#ask(
      ROUTES.readExam.path.replace(':examId', encodeURIComponent(examId)),
      {},
      ROUTES.readExam.response[200],
    )
  }

  /** Saves a new version of an exam; answered only when it is on the server's disk. */
  async saveExam(examId: string, basedOnVersion: number, record: ExamRecord): Promise<ExamSummary> {
    const body = { basedOnVersion, sha256: await canonicalSha256(record), record }
    return this.#ask(
      ROUTES.saveExam.path.replace(':examId', encodeURIComponent(examId)),
      { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      ROUTES.saveExam.response[200],
    )
  }

  /** The calibrations in use of a scanner model and tube voltage, with their quality checks; newest phantom scan first. */
  async calibrationsFor(model: string, kvp: number): Promise<readonly KeptCalibration[]> {
    const { listCalibrations: list, readCalibration: read } = ROUTES
    const query = new URLSearchParams({ model, kvp: String(kvp) })
    const { calibrations } = await this.#ask(`${list.path}?${query}`, {}, list.response[200])
    return Promise.all(
      calibrations.map(({ calibrationId }) =>
        this.#ask(read.path.replace(':calibrationId', calibrationId), {}, read.response[200]),
      ),
    )
  }

  async #ask<T extends z.ZodType>(path: string, init: RequestInit, schema: T): Promise<z.infer<T>> {
    let answer: Response
    try {
      answer = await this.#fetch(path, { credentials: 'same-origin', ...init })
    } catch (cause) {
      throw new QctError('SERVER_UNREACHABLE', {}, { cause })
    }
    const json: unknown = await answer.json().catch(() => undefined)
    if (!answer.ok) throw refusalOf(json)
    const parsed = schema.safeParse(json)
    if (!parsed.success) throw new QctError('API_ANSWER_INVALID', firstIssue(parsed.error).details)
    return parsed.data
  }
}

function refusalOf(json: unknown): Error {
  const refused = apiErrorSchema.safeParse(json)
  return refused.success ? new ServerRefusal(refused.data) : new QctError('SERVER_UNREACHABLE', {})
}
