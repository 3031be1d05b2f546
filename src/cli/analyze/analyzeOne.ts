import { join } from 'node:path'
import { phrase } from '../../core/words/words.ts'
import type { ExamSource } from '../../exam/pipeline/examSource.ts'
import { EXIT } from '../exitCode.ts'
import { refusalLine } from '../refusalLine.ts'
import type { AnalyzeCall } from './analyzeCall.ts'
import { measureSource } from './measureSource.ts'
import { summaryLines } from './summaryLines.ts'

/** Measures the only exam of a call into the output folder itself and prints its summary. Gives the exit code. */
export async function analyzeOne(source: ExamSource, call: AnalyzeCall): Promise<number> {
  const record = await measureSource(source, call.out, call)
  if (record.refusal !== undefined) call.terminal.complain(refusalLine(record.refusal))
  for (const line of summaryLines(record)) call.terminal.print(line)
  call.terminal.print(phrase('cli.printed.report', { path: join(call.out, 'report.txt') }))
  return record.status === 'done' ? EXIT.done : EXIT.refused
}
