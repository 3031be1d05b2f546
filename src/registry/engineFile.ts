import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { QctError } from '../core/errors.ts'
import type { DataFolder } from './dataFolder.ts'
import { writeWholeFile } from './wholeFile.ts'

/**
 * Major version of the PostgreSQL inside the PGlite this program is pinned to. A test compares it with the engine's
 * own answer. Engines of another major cannot read each other's files.
 */
export const PGLITE_ENGINE_MAJOR = 18

const engineSchema = z.object({ engineMajor: z.number().int(), writtenBy: z.string() })

/**
 * The engine major that wrote a folder's registry, before any engine touches it; undefined where there is none.
 * PGlite's own `PG_VERSION` is believed first: it belongs to the files, `engine.json` may have been copied or lost.
 */
export function writtenByEngine(folder: DataFolder): { engineMajor: number; writtenBy: string } | undefined {
  const stated = statedEngine(folder)
  const versionFile = join(folder.registry, 'PG_VERSION')
  if (!existsSync(versionFile)) return undefined
  const engineMajor = Number.parseInt(readFileSync(versionFile, 'utf8'), 10)
  if (!Number.isInteger(engineMajor))
    throw new QctError('REGISTRY_DAMAGED', { problem: 'PG_VERSION states no version' })
  return { engineMajor, writtenBy: stated?.writtenBy ?? 'an unknown version' }
}

/** Records which engine and which program write a folder's registry. */
export function recordEngine(folder: DataFolder, writtenBy: string): void {
  const facts = { engineMajor: PGLITE_ENGINE_MAJOR, writtenBy }
  writeWholeFile(folder.engine, `${JSON.stringify(facts satisfies z.infer<typeof engineSchema>)}\n`)
}

/**
 * Refuses a registry of another engine major before it is opened.
 *
 * @throws {QctError} `REGISTRY_ENGINE_DIFFERS` with the command that restores a backup into this folder.
 */
export function refuseOtherEngine(folder: DataFolder): void {
  const written = writtenByEngine(folder)
  if (written === undefined || written.engineMajor === PGLITE_ENGINE_MAJOR) return
  throw new QctError('REGISTRY_ENGINE_DIFFERS', {
    found: written.engineMajor,
    needed: PGLITE_ENGINE_MAJOR,
    writtenBy: written.writtenBy,
    command: `trabecula registry restore <backup> --data ${folder.path}`,
  })
}

function statedEngine(folder: DataFolder) {
  try {
    return engineSchema.safeParse(JSON.parse(readFileSync(folder.engine, 'utf8'))).data
  } catch {
    return undefined // lost or unreadable: PG_VERSION still says what matters
  }
}
