import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { QctError } from '../core/errors.ts'
import type { BackupRows } from './backupFormat.ts'
import { type DataFolder, openDataFolder } from './dataFolder.ts'
import { PGLITE_ENGINE_MAJOR, recordEngine, writtenByEngine } from './engineFile.ts'
import { holdDataFolder } from './folderOwner.ts'
import { appliedMigrations } from './migrateRegistry.ts'
import { openEmbedded, openPostgresql } from './openDatabase.ts'
import type { RegistryPlace } from './openRegistry.ts'
import { readBackup } from './readBackup.ts'
import { countExams } from './readExams.ts'

/** What a restore did. */
export interface Restored {
  readonly rows: BackupRows
  /** Where the registry of another engine was put; undefined when there was none. */
  readonly setAside?: string
}

/**
 * Restores a logical backup into a data folder or a PostgreSQL database.
 *
 * The embedded database is made beside the old one and takes its place by a rename when it is whole. A registry of
 * another engine major is set aside under a name that says so; one of this engine must be empty.
 *
 * @param stamp - Makes the name of a registry set aside its own, for example the time.
 * @throws {QctError} What `readBackup` throws; `REGISTRY_OWNED` while a server runs on the folder.
 */
export async function restoreRegistry(
  place: RegistryPlace,
  backup: string,
  stamp: string,
): Promise<Restored> {
  const folder = openDataFolder(place.dataFolder)
  const hold = holdDataFolder(folder)
  try {
    if (place.databaseUrl !== undefined) {
      const { database } = await openPostgresql(place.databaseUrl)
      try {
        return { rows: await readBackup(database, backup) }
      } finally {
        await database.destroy()
      }
    }
    return await restoreEmbedded(folder, place.program, backup, stamp)
  } finally {
    hold.release()
  }
}

async function restoreEmbedded(
  folder: DataFolder,
  program: string,
  backup: string,
  stamp: string,
): Promise<Restored> {
  const written = writtenByEngine(folder)
  const isOther = written !== undefined && written.engineMajor !== PGLITE_ENGINE_MAJOR
  if (written !== undefined && !isOther) await refuseFull(folder, program)

  const growing = {
    ...folder,
    registry: join(folder.path, 'registry-restoring'),
    engine: join(folder.path, 'engine-restoring.json'),
  }
  rmSync(growing.registry, { recursive: true, force: true }) // left by a restore that was killed
  const { database } = await openEmbedded(growing, program)
  let rows: BackupRows
  try {
    rows = await readBackup(database, backup)
  } catch (cause) {
    await database.destroy()
    rmSync(growing.registry, { recursive: true, force: true })
    rmSync(growing.engine, { force: true })
    throw cause
  }
  await database.destroy()
  rmSync(growing.engine, { force: true })

  const setAside = isOther ? join(folder.path, `registry-engine-${written.engineMajor}-${stamp}`) : undefined
  if (setAside !== undefined) renameSync(folder.registry, setAside)
  else rmSync(folder.registry, { recursive: true, force: true })
  renameSync(growing.registry, folder.registry)
  recordEngine(folder, program)
  return { rows, ...(setAside !== undefined && { setAside }) }
}

/** @throws {QctError} `REGISTRY_NOT_EMPTY` when the registry of this folder holds exams. */
async function refuseFull(folder: DataFolder, program: string): Promise<void> {
  if (!existsSync(folder.registry)) return
  const { database } = await openEmbedded(folder, program)
  try {
    const exams = (await appliedMigrations(database)).length === 0 ? 0 : await countExams(database)
    if (exams > 0) throw new QctError('REGISTRY_NOT_EMPTY', { exams })
  } finally {
    await database.destroy()
  }
}
