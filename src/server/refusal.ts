import type { FastifyError } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ApiError } from '../api/apiError.ts'
import { QctError, type QctErrorCode } from '../core/errors.ts'

const STATUS: Partial<Record<QctErrorCode, number>> = {
  REQUEST_INVALID: 400,
  RECORD_HASH_DIFFERS: 400,
  TOKEN_NEEDED: 401,
  REQUEST_REFUSED: 403,
  EXAM_UNKNOWN: 404,
  CALIBRATION_UNKNOWN: 404,
  DEMO_FILE_UNKNOWN: 404,
  ROUTE_UNKNOWN: 404,
  EXAM_VERSION_CONFLICT: 409,
  EXAM_SIGNED: 409,
  CALIBRATION_WITHDRAWN: 409,
  REQUEST_TOO_LARGE: 413,
  REGISTRY_UNREACHABLE: 503,
  REGISTRY_DISK_FULL: 507,
}

/** A database that is gone or going: system codes of a broken connection, SQLSTATE classes 08 and 57. */
const DATABASE_GONE = /^(ECONN\w+|EPIPE|ETIMEDOUT|08\w{3}|57P\w{2})$/

/** How a failure is answered: its HTTP status and its body. A fault of our own is named, its message kept back. */
export function refusalOf(error: unknown): { readonly status: number; readonly body: ApiError } {
  const failure = asQctError(error)
  const { code, message, details } = failure
  return { status: STATUS[code] ?? 500, body: { code, message, details: { ...details } } }
}

function asQctError(error: unknown): QctError {
  if (error instanceof QctError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0]
    const path = `${error.validationContext ?? ''}${first?.instancePath ?? ''}`.replaceAll('/', '.')
    return new QctError('REQUEST_INVALID', { path, problem: first?.message ?? 'unknown fault' })
  }
  const { code, statusCode } = error as Partial<FastifyError>
  if (statusCode === 413) return new QctError('REQUEST_TOO_LARGE', {})
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new QctError('REQUEST_INVALID', { path: 'the request', problem: code ?? 'it cannot be read' })
  if (code !== undefined && DATABASE_GONE.test(code))
    return new QctError('REGISTRY_UNREACHABLE', { reason: code }, { cause: error })
  return new QctError('UNEXPECTED', { problem: error instanceof Error ? error.name : typeof error })
}
