import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { phrase } from '../../core/words/words.ts'
import { defaultExamParameters } from '../../demo/examParameters.ts'
import { PLAIN_REQUEST } from '../../exam/pipeline/examRequest.ts'
import { EXIT, EXIT_SELF_TEST_FAILED } from '../exitCode.ts'
import { notWritable } from '../outputFolder.ts'
import { forgetPartial, rememberPartial } from '../partialFolders.ts'
import { processTerminal } from '../terminal.ts'
import { DEMO_PATIENT } from './demoPatient.ts'
import { measureFolder } from './measureFolder.ts'
import { selfTestChecks } from './selfTestChecks.ts'
import { writeDemoExam } from './writeDemoExam.ts'

/**
 * `trabecula self-test`: measures the default digital exam with this installation and compares every number with the
 * known truth. Gives 0 when all checks pass, 1 when one fails.
 *
 * @throws {QctError} `OUTPUT_NOT_WRITABLE` when there is no room for the exam in the system's temporary folder.
 * @see ACR–SPR–SSR practice parameter for musculoskeletal QCT, VI.C
 */
export async function selfTestCommand({ quiet }: { readonly quiet?: true }): Promise<number> {
  const terminal = processTerminal(quiet === true)
  const folder = temporaryFolder()
  try {
    const truth = await writeDemoExam(join(folder, 'exam'), defaultExamParameters, terminal)
    const request = { ...PLAIN_REQUEST, patientFile: DEMO_PATIENT }
    const record = await measureFolder(join(folder, 'exam'), join(folder, 'result'), request, terminal)
    const checks = selfTestChecks(record, truth)
    for (const { name, found, passed } of checks)
      terminal.print(
        `${phrase(passed ? 'cli.selfTestLine.pass' : 'cli.selfTestLine.fail').padEnd(6)}${name.padEnd(34)}${found}`,
      )
    const failed = checks.filter(({ passed }) => !passed).length
    const verdict = failed === 0 ? 'cli.selfTestLine.allPass' : 'cli.selfTestLine.someFail'
    terminal.print(phrase(verdict, { count: checks.length, failed }))
    return failed === 0 ? EXIT.done : EXIT_SELF_TEST_FAILED
  } finally {
    rmSync(folder, { recursive: true, force: true })
    forgetPartial(folder)
  }
}

function temporaryFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'trabecula-self-test-'))
    rememberPartial(folder)
    return folder
  } catch (cause) {
    throw notWritable(cause)
  }
}
