import { type Command, InvalidArgumentError, Option } from 'commander'
import { DEFAULT_QUALITY_LIMITS } from '../../core/calibration/asynchronous/judgeQuality.ts'
import { PHANTOM_LIBRARY } from '../../core/calibration/phantomLibrary.ts'
import { phrase } from '../../core/words/words.ts'
import { defaultDataFolder } from '../../registry/dataFolder.ts'
import type { AddOptions } from './addCommand.ts'
import type { CheckOptions } from './checkCommand.ts'
import type { LearnTissuesOptions } from './learnTissuesCommand.ts'
import type { ListOptions } from './listCommand.ts'

function voltage(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('It takes a number of kVp above 0.')
  return value
}

function percent(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 100)) throw new InvalidArgumentError('It takes a number above 0, up to 100.')
  return value
}

/**
 * Adds the commands of stored calibrations to the program.
 *
 * @param ended - Told the exit code of the command that ran.
 */
export function addCalibrationCommands(program: Command, ended: (exitCode: number) => void): void {
  const data = () => new Option('--data <dir>', phrase('cli.serve.data', { folder: defaultDataFolder() }))
  const calibration = program.command('calibration').description(phrase('cli.calibration.description'))
  calibration
    .command('add')
    .description(phrase('cli.calibration.add'))
    .argument('<path...>', phrase('cli.calibration.paths'))
    .requiredOption('--phantom-serial <serial>', phrase('cli.calibration.phantomSerial'))
    .option('--phantom <id>', phrase('cli.calibration.phantom', { ids: PHANTOM_LIBRARY.map(({ id }) => id) }))
    .option('--certificate <file.json>', phrase('cli.calibration.certificate'))
    .option('--series <uid>', phrase('cli.calibration.series'))
    .option('--quiet', phrase('cli.analyze.quiet'))
    .addOption(data())
    .action(async (paths: string[], options: AddOptions) => {
      const { addCommand } = await import('./addCommand.ts')
      ended(await addCommand(paths, options))
    })
  calibration
    .command('list')
    .description(phrase('cli.calibration.list'))
    .option('--withdrawn', phrase('cli.calibration.all'))
    .addOption(data())
    .action(async (options: ListOptions) => {
      const { listCommand } = await import('./listCommand.ts')
      ended(await listCommand(options))
    })
  calibration
    .command('check')
    .description(phrase('cli.calibration.check'))
    .argument('<path...>', phrase('cli.calibration.paths'))
    .option('--phantom-serial <serial>', phrase('cli.calibration.checkSerial'))
    .addOption(
      new Option(
        '--limit <percent>',
        phrase('cli.calibration.limit', { limit: DEFAULT_QUALITY_LIMITS.deviationPercent }),
      ).argParser(percent),
    )
    .option('--series <uid>', phrase('cli.calibration.series'))
    .option('--quiet', phrase('cli.analyze.quiet'))
    .addOption(data())
    .action(async (paths: string[], options: CheckOptions) => {
      const { checkCommand } = await import('./checkCommand.ts')
      ended(await checkCommand(paths, options))
    })
  calibration
    .command('withdraw')
    .description(phrase('cli.calibration.withdraw'))
    .argument('<id>', phrase('cli.calibration.id'))
    .requiredOption('--reason <text>', phrase('cli.calibration.reason'))
    .addOption(data())
    .action(async (id: string, options: { reason: string; data?: string }) => {
      const { withdrawCommand } = await import('./withdrawCommand.ts')
      ended(await withdrawCommand(id, options))
    })
  calibration
    .command('export')
    .description(phrase('cli.calibration.export'))
    .argument('<id>', phrase('cli.calibration.id'))
    .addOption(data())
    .action(async (id: string, options: { data?: string }) => {
      const { exportCommand } = await import('./exportCommand.ts')
      ended(await exportCommand(id, options))
    })
  calibration
    .command('learn-tissues')
    .description(phrase('cli.calibration.learnTissues'))
    .argument('<path...>', phrase('cli.calibration.learnPaths'))
    .requiredOption('--out <file.json>', phrase('cli.calibration.learnOut'))
    .option('--phantom <id>', phrase('cli.analyze.phantom', { ids: PHANTOM_LIBRARY.map(({ id }) => id) }))
    .option('--phantom-file <file.json...>', phrase('cli.analyze.phantomFile'))
    .option('--certificate <file.json>', phrase('cli.analyze.certificate'))
    .option('--device-serial <serial>', phrase('cli.calibration.learnDevice'))
    .addOption(new Option('--kvp <n>', phrase('cli.calibration.learnKvp')).argParser(voltage))
    .option('--quiet', phrase('cli.analyze.quiet'))
    .action(async (paths: string[], options: LearnTissuesOptions) => {
      const { learnTissuesCommand } = await import('./learnTissuesCommand.ts')
      ended(await learnTissuesCommand(paths, options))
    })
}
