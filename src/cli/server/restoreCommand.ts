import { resolve } from 'node:path'
import { phrase } from '../../core/words/words.ts'
import { defaultDataFolder } from '../../registry/dataFolder.ts'
import { restoreRegistry } from '../../registry/restoreRegistry.ts'
import { PROGRAM } from '../../server/apiAnswers.ts'
import { EXIT } from '../exitCode.ts'
import { processTerminal } from '../terminal.ts'

/**
 * `trabecula registry restore`: reads a logical backup into an empty registry. Gives the exit code.
 *
 * @throws {QctError} What `restoreRegistry` throws.
 */
export async function restoreCommand(backup: string, { data }: { readonly data?: string }): Promise<number> {
  const terminal = processTerminal(false)
  const dataFolder = resolve(data ?? defaultDataFolder())
  const place = { dataFolder, databaseUrl: process.env.DATABASE_URL || undefined, program: PROGRAM }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const { rows, setAside } = await restoreRegistry(place, resolve(backup), stamp)
  if (setAside !== undefined) terminal.print(phrase('cli.printed.setAsideRegistry', { path: setAside }))
  terminal.print(
    phrase('cli.printed.restored', {
      exams: rows.exam ?? 0,
      versions: rows.exam_version ?? 0,
      calibrations: rows.stored_calibration ?? 0,
      folder: dataFolder,
    }),
  )
  return EXIT.done
}
