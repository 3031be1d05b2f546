import { QctError } from '../src/core/errors.ts'

/** The expected failure that a call throws; anything else is a fault of the test. */
export function thrownBy(run: () => unknown): QctError {
  try {
    run()
  } catch (error) {
    if (error instanceof QctError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
