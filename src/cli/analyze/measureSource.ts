import { phrase } from '../../core/words/words.ts'
import { analyzeSource } from '../../exam/pipeline/analyzeSource.ts'
import type { ExamSource } from '../../exam/pipeline/examSource.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { isUsage } from '../exitCode.ts'
import { writeResultFolder } from '../outputFolder.ts'
import { stepWords } from '../stepWords.ts'
import type { AnalyzeCall } from './analyzeCall.ts'
import { examFiles } from './examFiles.ts'

/**
 * Measures one exam and writes its result into a folder; a refused exam leaves its record and report there too.
 *
 * @param label - What is put before each step on the progress line.
 * @throws {QctError} Faults of usage or output, by code; a refusal is a record, not a failure.
 */
export async function measureSource(
  source: ExamSource,
  folder: string,
  { requestFor, warnings, terminal }: Pick<AnalyzeCall, 'requestFor' | 'warnings' | 'terminal'>,
  label: (step: string) => string = (step) => step,
): Promise<ExamRecord> {
  const outcome = await analyzeSource(source, requestFor(source), {
    warnings,
    onProgress: (step, fraction) => terminal.progress(label(stepWords(step)), fraction),
  })
  if (outcome.error !== undefined && isUsage(outcome.error.code)) throw outcome.error
  // A fault of our own can only be mended by who sees where it happened.
  if (outcome.error?.code === 'UNEXPECTED' && outcome.error.cause instanceof Error)
    terminal.complain(outcome.error.cause.stack ?? '')
  terminal.progress(label(phrase('cli.step.figures')))
  const files = await examFiles(outcome)
  terminal.progress(label(phrase('cli.step.write')))
  writeResultFolder(folder, files)
  terminal.rest()
  return outcome.record
}
