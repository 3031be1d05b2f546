import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countCalibrations } from '../registry/calibrations.ts'
import type { Registry } from '../registry/openRegistry.ts'
import { countExams } from '../registry/readExams.ts'
import { writeBackup } from '../registry/writeBackup.ts'

/** So many automatic backups are kept; the oldest go first. */
const KEPT = 7
const NAME = /^automatic-\d{4}-\d{2}-\d{2}\.jsonl\.gz$/

/**
 * Writes the automatic backup of a day into the data folder, once a day when the server starts, so that a database no
 * engine can open any more costs at most the work since. A PostgreSQL server is backed up by those who run it.
 */
export async function keepBackups(registry: Registry, program: string, now: Date): Promise<void> {
  if (registry.engine !== 'PGlite') return
  const { database } = registry
  if ((await countExams(database)) + (await countCalibrations(database)) === 0) return
  const { backups } = registry.folder
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  const ours = readdirSync(backups)
    .filter((name) => NAME.test(name))
    .sort()
  const today = `automatic-${now.toISOString().slice(0, 10)}.jsonl.gz`
  if (ours.includes(today)) return
  await writeBackup(registry.database, join(backups, today), program, now.toISOString())
  for (const name of ours.slice(0, Math.max(0, ours.length + 1 - KEPT))) rmSync(join(backups, name))
}
