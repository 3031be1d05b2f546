import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupRows } from './backupFormat.ts'
import { type DataFolder, openDataFolder } from './dataFolder.ts'
import { PGLITE_ENGINE_MAJOR, recordEngine, writtenByEngine } from './engineFile.ts'
import { holdDataFolder } from './folderOwner.ts'
import { openEmbedded, openPostgresql } from './openDatabase.ts'
import type { RegistryPlace } from './openRegistry.ts'
import { checkBackup, readBackup } from './readBackup.ts'

/** What a restore did. */
export interface Restored {
  readonly rows: BackupRows
  /** Where the registry of another engine was put; undefined when there was none. */
  readonly setAside?: string
}

/**
 * Restores a logical backup into a data folder or a PostgreSQL database.
 *
 * A registry of this engine must be empty and is filled in one transaction. Where there is none, or one of another engine
 * major, the new one is made beside it and takes its place by a rename when it is whole; the old one is set aside under a
 * name that says so.
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
  if (written?.engineMajor === PGLITE_ENGINE_MAJOR) {
    const { database } = await openEmbedded(folder, program)
    try {
      return { rows: await readBackup(database, backup) }
    } finally {
      await database.destroy()
    }
  }

  await checkBackup(backup)
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

  const setAside = written && join(folder.path, `registry-engine-${written.engineMajor}-${stamp}`)
  if (setAside !== undefined) renameSync(folder.registry, setAside)
  renameSync(growing.registry, folder.registry)
  recordEngine(folder, program)
  return { rows, ...(setAside !== undefined && { setAside }) }
}
