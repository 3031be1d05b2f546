import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Writes a file whole or not at all, readable by its user alone: it appears by one rename, after its bytes are on disk.
 * A reader never sees half of it, and a power cut leaves the old file or the new one.
 */
export function writeWholeFile(path: string, content: string): void {
  const partial = join(dirname(path), `.partial-${randomUUID()}`)
  try {
    const file = openSync(partial, 'wx', 0o600)
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, path)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw cause
  }
}
