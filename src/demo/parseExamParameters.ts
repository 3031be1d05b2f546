import { QctError } from '../core/errors.ts'
import { ExamParameters } from './examParameterSchema.ts'

/**
 * Reads the parameters of a digital exam from outside (a JSON file).
 *
 * @throws {QctError} `DEMO_PARAMETERS_INVALID`, with the place and the nature of the first fault.
 */
export function parseExamParameters(input: unknown): ExamParameters {
  const parsed = ExamParameters.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new QctError('DEMO_PARAMETERS_INVALID', {
    path: issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.'),
    problem: issue?.message ?? '',
  })
}
