import type { QctErrorCode } from '../core/errors.ts'

/** What the program answers to the shell. */
export const EXIT = {
  done: 0,
  /** Bad input or usage: nothing was analysed. */
  badInput: 2,
  /** A study was found, and refused with a code. */
  refused: 3,
  /** Stopped by Ctrl-C, as shells count it: 128 + SIGINT. */
  stopped: 130,
} as const

/** The self-test failed: neither input nor usage is at fault, but the installation. */
export const EXIT_SELF_TEST_FAILED = 1

/** Codes that speak of input or usage even when they appear while a study is analysed. */
const USAGE_CODES: ReadonlySet<QctErrorCode> = new Set<QctErrorCode>([
  'OUTPUT_NOT_WRITABLE',
  'OUTPUT_FOREIGN',
  'SERIES_UNKNOWN',
  'OPTION_INVALID',
])

/** Whether a failure in the middle of an analysis is one of usage, which leaves no record, and not a refusal. */
export const isUsage = (code: QctErrorCode) => USAGE_CODES.has(code)
