import type { QctWarning } from '../../core/errors.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import type { Terminal } from '../terminal.ts'

/** What every analysis of one call of the command shares. */
export interface AnalyzeCall {
  readonly request: ExamRequest
  /** Doubts that the option files raised. */
  readonly warnings: readonly QctWarning[]
  readonly out: string
  readonly terminal: Terminal
}
