import { phrase } from '../../core/words/words.ts'
import {
  defaultExamParameters,
  type ExamParameters,
  parseExamParameters,
  randomExamParameters,
} from '../../demo/examParameters.ts'
import { EXIT } from '../exitCode.ts'
import { readJsonFile } from '../jsonFile.ts'
import { processTerminal } from '../terminal.ts'
import { writeDemoExam } from './writeDemoExam.ts'

/** The options of `demo-exam` as the shell gives them. */
export interface DemoExamOptions {
  readonly out: string
  readonly params?: string
  readonly seed?: number
  readonly phantomAlone?: true
  readonly quiet?: true
}

/**
 * `trabecula demo-exam`: writes a digital exam. With a parameter file that exam (a seed replaces its own), with a seed
 * alone an exam drawn at random from it, else the default one; `--phantom-alone` leaves its patient out. Gives the exit code.
 *
 * @throws {QctError} Every fault of usage or output, by code.
 */
export async function demoExamCommand({
  out,
  params,
  seed,
  phantomAlone,
  quiet,
}: DemoExamOptions): Promise<number> {
  const terminal = processTerminal(quiet === true)
  const chosen = chosenParameters(params, seed)
  const parameters = phantomAlone ? parseExamParameters({ ...chosen, phantomAlone }) : chosen
  await writeDemoExam(out, parameters, terminal)
  terminal.print(phrase('cli.printed.exam', { path: out }))
  return EXIT.done
}

function chosenParameters(params: string | undefined, seed: number | undefined): ExamParameters {
  if (params === undefined) return seed === undefined ? defaultExamParameters : randomExamParameters(seed, 0)
  const parameters = parseExamParameters(readJsonFile(params, 'parameter'))
  return seed === undefined ? parameters : { ...parameters, seed }
}
