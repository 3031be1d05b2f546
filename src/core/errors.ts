import type { CalibrationErrorDetails, CalibrationWarningDetails } from './errors/calibration.ts'
import type { DicomErrorDetails, DicomWarningDetails } from './errors/dicom.ts'
import type { DoseErrorDetails, DoseWarningDetails } from './errors/dose.ts'
import type { ExamErrorDetails, ExamWarningDetails } from './errors/exam.ts'
import type { GeometryErrorDetails, GeometryWarningDetails } from './errors/geometry.ts'
import type { ServerErrorDetails } from './errors/server.ts'
import type { SpineErrorDetails, SpineWarningDetails } from './errors/spine.ts'
import type { ViewerErrorDetails } from './errors/viewer.ts'
import { phrase } from './words/words.ts'

const TISSUE_KEYS = new Set(['air', 'adipose', 'skeletalMuscle', 'blood', 'corticalBone'])

/** Facts as a message names them: tissues by their words, not by the names they have in files. */
function worded(details: object): Readonly<Record<string, unknown>> {
  const word = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(word)
    return typeof value === 'string' && TISSUE_KEYS.has(value)
      ? phrase(`report.tissueName.${value as 'air'}`)
      : value
  }
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, /^tissues?$/.test(name) ? word(value) : value]),
  )
}

/** Every expected failure, and the facts each one reports. One file per room in `errors/`. */
export interface QctErrorDetails
  extends DicomErrorDetails,
    GeometryErrorDetails,
    CalibrationErrorDetails,
    SpineErrorDetails,
    DoseErrorDetails,
    ExamErrorDetails,
    ServerErrorDetails,
    ViewerErrorDetails {}

/** Every doubt that can ride on a result, and the facts each one reports. */
export interface QctWarningDetails
  extends DicomWarningDetails,
    GeometryWarningDetails,
    CalibrationWarningDetails,
    SpineWarningDetails,
    DoseWarningDetails,
    ExamWarningDetails {}

/** The stable name of an expected failure. */
export type QctErrorCode = keyof QctErrorDetails
/** The stable name of a doubt. */
export type QctWarningCode = keyof QctWarningDetails

/**
 * A failure the caller can act on. `code` is stable; the message is the phrase of that code in
 * `words/en.json`: what is wrong, what was found, what was needed, the next step. It never holds patient data.
 */
export class QctError<C extends QctErrorCode = QctErrorCode> extends Error {
  readonly code: C
  readonly details: QctErrorDetails[C]
  constructor(code: C, details: QctErrorDetails[C], options?: ErrorOptions) {
    super(phrase(`error.${code}`, worded(details)), options)
    this.name = 'QctError'
    this.code = code
    this.details = details
  }
}

/** A doubt that rides on a result and is printed beside it. */
export interface QctWarning<C extends QctWarningCode = QctWarningCode> {
  readonly code: C
  readonly message: string
  readonly details: QctWarningDetails[C]
}

/** Forms a warning with the phrase of its code in `words/en.json`. */
export function qctWarning<C extends QctWarningCode>(code: C, details: QctWarningDetails[C]): QctWarning<C> {
  return { code, message: phrase(`warning.${code}`, worded(details)), details }
}

/** The outcome of one step of a batch: expected failures are values there, so one bad study stops nothing. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: QctError }
