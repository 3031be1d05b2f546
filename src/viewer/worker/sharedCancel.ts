import { QctError } from '../../core/errors.ts'

/** Jobs are numbered; the shared word holds the highest number that is to stop. */
export const makeCancelFlag = (): Int32Array => new Int32Array(new SharedArrayBuffer(4))

/** Asks a job, and every earlier one, to stop. Heard even while the worker computes without a pause. */
export function cancelUpTo(flag: Int32Array, job: number): void {
  Atomics.store(flag, 0, Math.max(job, Atomics.load(flag, 0)))
}

/** Whether a job was asked to stop. */
export const isCancelled = (flag: Int32Array, job: number): boolean => Atomics.load(flag, 0) >= job

/**
 * An AbortSignal that reads the shared word whenever it is looked at. An ordinary signal is raised by a message, which
 * a worker in the middle of a computation does not hear.
 */
export function cancelSignal(flag: Int32Array, job: number): AbortSignal {
  const { signal } = new AbortController()
  return Object.defineProperties(signal, {
    aborted: { get: () => isCancelled(flag, job) },
    throwIfAborted: {
      value: () => {
        if (isCancelled(flag, job)) throw new QctError('CANCELLED', {})
      },
    },
  })
}
