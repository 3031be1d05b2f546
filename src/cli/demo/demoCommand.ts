import { join } from 'node:path'
import { phrase } from '../../core/words/words.ts'
import { defaultExamParameters } from '../../demo/examParameters.ts'
import { PLAIN_REQUEST } from '../../exam/pipeline/examRequest.ts'
import { summaryLines } from '../analyze/summaryLines.ts'
import { EXIT } from '../exitCode.ts'
import { probeOutputFolder } from '../outputFolder.ts'
import { processTerminal } from '../terminal.ts'
import { DEMO_PATIENT } from './demoPatient.ts'
import { measureFolder } from './measureFolder.ts'
import { writeDemoExam } from './writeDemoExam.ts'

/**
 * `trabecula demo`: makes the default digital exam in `<out>/exam`, measures it into `<out>/result` and says where the
 * report is, with the true densities beside the measured ones. Gives the exit code.
 *
 * @throws {QctError} Every fault of output, by code.
 */
export async function demoCommand({
  out,
  quiet,
}: {
  readonly out: string
  readonly quiet?: true
}): Promise<number> {
  const terminal = processTerminal(quiet === true)
  const [exam, result] = [join(out, 'exam'), join(out, 'result')]
  probeOutputFolder(result)
  const truth = await writeDemoExam(exam, defaultExamParameters, terminal)
  const request = { ...PLAIN_REQUEST, patientFile: DEMO_PATIENT }
  const record = await measureFolder(exam, result, request, terminal)

  for (const line of summaryLines(record)) terminal.print(line)
  const measured = truth.levels.filter(({ level }) => record.decisions.levels.includes(level))
  const densities = measured.map(({ level, vbmdMgPerCm3 }) => `${level} ${vbmdMgPerCm3.toFixed(1)}`)
  terminal.print(phrase('cli.printed.truth', { densities }))
  terminal.print(phrase('cli.printed.report', { path: join(result, 'report.txt') }))
  return record.status === 'done' ? EXIT.done : EXIT.refused
}
