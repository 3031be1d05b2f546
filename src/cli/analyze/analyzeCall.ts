import type { QctWarning } from '../../core/errors.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import type { ExamSource } from '../../exam/pipeline/examSource.ts'
import type { Terminal } from '../terminal.ts'

/** What every analysis of one call of the command shares. */
export interface AnalyzeCall {
  /** What is asked of one exam: that of the call, with the calibrations that are kept for its scan. */
  readonly requestFor: (source: ExamSource) => ExamRequest
  /** Doubts that the option files raised. */
  readonly warnings: readonly QctWarning[]
  readonly out: string
  readonly terminal: Terminal
}
