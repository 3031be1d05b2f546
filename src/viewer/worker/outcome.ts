import { QctError } from '../../core/errors.ts'
import type { Outcome, WorkerFailure } from './examWorkerApi.ts'

/** A failure in the form that crosses between worker and page. */
export function failureOf(thrown: unknown): WorkerFailure {
  const error =
    thrown instanceof QctError
      ? thrown
      : new QctError('UNEXPECTED', { problem: thrown instanceof Error ? thrown.name : typeof thrown })
  return { code: error.code, message: error.message }
}

/** Runs a job; whatever it throws becomes a value. */
export async function outcomeOf<T>(job: () => Promise<T> | T): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await job() }
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) }
  }
}
