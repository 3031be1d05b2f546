import { proxy, type Remote, releaseProxy, wrap } from 'comlink'
import { QctError } from '../../core/errors.ts'
import type { ExamWorkerApi, Outcome, WorkerEvent } from './examWorkerApi.ts'
import { lockIsFree } from './lifeLock.ts'
import { failureOf } from './outcome.ts'

/** What a worker needs to be to serve: a `Worker` of the browser. */
export type WorkerMaker = () => Worker

/**
 * One living exam worker. Calls that are under way when it dies, or is ended, come back as `WORKER_LOST`: nobody
 * waits for a dead worker.
 */
export class WorkerLink {
  readonly #worker: Worker
  readonly #api: Remote<ExamWorkerApi>
  readonly #waiting = new Set<(outcome: Outcome<never>) => void>()
  readonly #watch = new AbortController()
  readonly #ready: Promise<void>
  readonly #onDeath: () => void
  #isAlive = true

  constructor(
    make: WorkerMaker,
    cancelled: Int32Array,
    listen: (event: WorkerEvent) => void,
    onDeath: () => void,
  ) {
    this.#onDeath = onDeath
    this.#worker = make()
    this.#worker.addEventListener('error', () => this.#die())
    this.#api = wrap<ExamWorkerApi>(this.#worker)
    const life = `exam-worker-${crypto.randomUUID()}`
    this.#ready = this.#api.connect(cancelled, proxy(listen), life).then(() => {
      lockIsFree(life, this.#watch.signal).then(
        () => this.#die(),
        () => undefined, // given up because the worker was ended on purpose
      )
    })
    this.#ready.catch(() => this.#die())
  }

  /** Calls the worker; its death is an outcome, never an endless wait. */
  call<T>(job: (api: Remote<ExamWorkerApi>) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      if (!this.#isAlive) return resolve(LOST())
      const give = (outcome: Outcome<T>) => {
        this.#waiting.delete(give)
        resolve(outcome)
      }
      this.#waiting.add(give)
      this.#ready
        .then(() => job(this.#api))
        .then(give, (thrown) => give({ ok: false, failure: failureOf(thrown) }))
    })
  }

  /** Ends the worker at once, whatever it does. */
  end(): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#watch.abort()
    this.#api[releaseProxy]()
    this.#worker.terminate()
    for (const give of [...this.#waiting]) give(LOST())
  }

  #die(): void {
    if (!this.#isAlive) return
    this.end()
    this.#onDeath()
  }
}

const LOST = (): Outcome<never> => ({ ok: false, failure: failureOf(new QctError('WORKER_LOST', {})) })
