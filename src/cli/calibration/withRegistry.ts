import { resolve } from 'node:path'
import { calibrationIdSchema } from '../../api/calibrations.ts'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { defaultDataFolder } from '../../registry/dataFolder.ts'
import { refuseFullDisk } from '../../registry/diskSpace.ts'
import { openRegistry, type Registry } from '../../registry/openRegistry.ts'
import { PROGRAM } from '../../server/apiAnswers.ts'

/**
 * Does something with the registry of a data folder as its owner, and lets go of it.
 *
 * @throws {QctError} `REGISTRY_OWNED` while a server runs on the folder; what else `openRegistry` throws, and the work.
 */
export async function withRegistry<T>(
  data: string | undefined,
  work: (registry: Registry) => Promise<T>,
): Promise<T> {
  const registry = await openRegistry({
    dataFolder: resolve(data ?? defaultDataFolder()),
    databaseUrl: process.env.DATABASE_URL || undefined,
    program: PROGRAM,
  })
  try {
    if (registry.engine === 'PGlite') refuseFullDisk(registry.folder.path)
    return await work(registry)
  } finally {
    await registry.close()
  }
}

/**
 * An id that the shell gave.
 * @throws {QctError} `OPTION_INVALID`.
 */
export function calibrationId(text: string): string {
  const parsed = calibrationIdSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new QctError('OPTION_INVALID', { option: '<id>', problem: phrase('cli.notAnId') })
}
