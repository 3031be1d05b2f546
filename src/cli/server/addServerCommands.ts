import { type Command, InvalidArgumentError, Option } from 'commander'
import { phrase } from '../../core/words/words.ts'
import { defaultDataFolder } from '../../registry/dataFolder.ts'
import type { BackupOptions } from './backupCommand.ts'
import { DEFAULT_PORT } from './defaultPort.ts'
import type { ServeOptions } from './serveCommand.ts'

function portNumber(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('It takes a port number.')
  return value
}

/**
 * Adds the commands of the server and the registry to the program.
 *
 * @param ended - Told the exit code of the command that ran.
 */
export function addServerCommands(program: Command, ended: (exitCode: number) => void): void {
  const data = () => new Option('--data <dir>', phrase('cli.serve.data', { folder: defaultDataFolder() }))
  program
    .command('serve')
    .description(phrase('cli.serve.description'))
    .addOption(data())
    .addOption(
      new Option('--port <n>', phrase('cli.serve.port', { port: DEFAULT_PORT })).argParser(portNumber),
    )
    .option('--no-build', phrase('cli.serve.noBuild'))
    .option('--verbose', phrase('cli.serve.verbose'))
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import('./serveCommand.ts')
      ended(await serveCommand(options))
    })

  const registry = program.command('registry').description(phrase('cli.registry.description'))
  registry
    .command('backup')
    .description(phrase('cli.registry.backup'))
    .requiredOption('--out <file>', phrase('cli.registry.out'))
    .addOption(data())
    .action(async (options: BackupOptions) => {
      const { backupCommand } = await import('./backupCommand.ts')
      ended(await backupCommand(options))
    })
  registry
    .command('restore')
    .description(phrase('cli.registry.restore'))
    .argument('<backup>', phrase('cli.registry.file'))
    .addOption(data())
    .action(async (backup: string, options: { data?: string }) => {
      const { restoreCommand } = await import('./restoreCommand.ts')
      ended(await restoreCommand(backup, options))
    })
}
