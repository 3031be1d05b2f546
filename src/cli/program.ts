import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { PHANTOM_LIBRARY } from '../core/calibration/phantomLibrary.ts'
import { phrase } from '../core/words/words.ts'
import { requestedCalibrationSchema } from '../exam/record/scalars.ts'
import { SOFTWARE } from '../exam/record/software.ts'
import type { AnalyzeOptions } from './analyze/analyzeOptions.ts'
import { addCalibrationCommands } from './calibration/addCalibrationCommands.ts'
import type { DemoExamOptions } from './demo/demoExamCommand.ts'
import { EXIT } from './exitCode.ts'
import { addServerCommands } from './server/addServerCommands.ts'

/** A whole number from 0, as a seed is. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('It takes a whole number.')
  return value
}

/**
 * Runs the command line. Each command is loaded when it is called, so that help and usage faults answer at once.
 *
 * @param words - The words after the program's name.
 * @returns The exit code. Faults of usage were explained on stderr by then.
 * @throws {QctError} Every other fault, by code.
 */
export async function runProgram(words: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done
  const program = new Command('trabecula')
    .description(phrase('cli.description'))
    .version(SOFTWARE.version)
    .showHelpAfterError(false)
    .exitOverride()
    .addHelpText('after', phrase('cli.help'))

  program
    .command('analyze')
    .description(phrase('cli.analyze.description'))
    .argument('<path...>', phrase('cli.analyze.paths'))
    .addOption(
      new Option('--calibration <how>', phrase('cli.analyze.calibration'))
        .choices(requestedCalibrationSchema.options)
        .default('auto'),
    )
    .option('--phantom <id>', phrase('cli.analyze.phantom', { ids: PHANTOM_LIBRARY.map(({ id }) => id) }))
    .option('--stored-calibration <file.json...>', phrase('cli.analyze.stored'))
    .option('--policy <file.json>', phrase('cli.analyze.policy'))
    .option('--tissue-file <file.json...>', phrase('cli.analyze.tissue'))
    .option('--second-series <uid>', phrase('cli.analyze.second'))
    .option('--dual-energy-basis <file.json>', phrase('cli.analyze.basis'))
    .option('--phantom-file <file.json...>', phrase('cli.analyze.phantomFile'))
    .option('--certificate <file.json>', phrase('cli.analyze.certificate'))
    .option('--levels <list>', phrase('cli.analyze.levels'))
    .option('--roi <file.json>', phrase('cli.analyze.roi'))
    .option('--patient <file.json>', phrase('cli.analyze.patient'))
    .option('--series <uid>', phrase('cli.analyze.series'))
    .option('--out <dir>', phrase('cli.analyze.out'), 'trabecula-result')
    .option('--no-resume', phrase('cli.analyze.resume'))
    .option('--quiet', phrase('cli.analyze.quiet'))
    .action(async (paths: string[], options: AnalyzeOptions) => {
      const { analyzeCommand } = await import('./analyze/analyzeCommand.ts')
      exitCode = await analyzeCommand(paths, options)
    })

  program
    .command('demo-exam')
    .description(phrase('cli.demoExam.description'))
    .requiredOption('--out <dir>', phrase('cli.demoExam.out'))
    .option('--params <file.json>', phrase('cli.demoExam.params'))
    .option('--phantom-alone', phrase('cli.demoExam.phantomAlone'))
    .addOption(
      new Option('--seed <n>', phrase('cli.demoExam.seed')).argParser(wholeNumber).conflicts('params'),
    )
    .option('--quiet', phrase('cli.analyze.quiet'))
    .action(async (options: DemoExamOptions) => {
      const { demoExamCommand } = await import('./demo/demoExamCommand.ts')
      exitCode = await demoExamCommand(options)
    })

  program
    .command('demo')
    .description(phrase('cli.demo.description'))
    .option('--out <dir>', phrase('cli.demo.out'), 'trabecula-demo')
    .option('--quiet', phrase('cli.analyze.quiet'))
    .action(async (options: { out: string; quiet?: true }) => {
      const { demoCommand } = await import('./demo/demoCommand.ts')
      exitCode = await demoCommand(options)
    })

  program
    .command('self-test')
    .description(phrase('cli.selfTest.description'))
    .option('--quiet', phrase('cli.analyze.quiet'))
    .action(async (options: { quiet?: true }) => {
      const { selfTestCommand } = await import('./demo/selfTestCommand.ts')
      exitCode = await selfTestCommand(options)
    })

  const ended = (code: number) => {
    exitCode = code
  }
  addCalibrationCommands(program, ended)
  addServerCommands(program, ended)

  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    // Commander has printed help, version or what is wrong with the words; its own codes are 0 and 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput
    throw error
  }
  return exitCode
}
