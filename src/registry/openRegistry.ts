import { type DataFolder, openDataFolder } from './dataFolder.ts'
import { type FolderHold, holdDataFolder } from './folderOwner.ts'
import { migrateRegistry } from './migrateRegistry.ts'
import { openEmbedded, openPostgresql } from './openDatabase.ts'
import type { RegistryDatabase } from './tables.ts'

/** Where a registry is and what opens it. */
export interface RegistryPlace {
  /** The data folder; with PostgreSQL it keeps everything but the registry itself. */
  readonly dataFolder: string
  /** Address of a PostgreSQL database, from `DATABASE_URL`; undefined for the embedded one. */
  readonly databaseUrl?: string | undefined
  /** Name and version of the program, kept beside what it writes. */
  readonly program: string
  /** `false`: leave the tables as they are found, for a restore that begins with older ones. */
  readonly migrate?: boolean
}

/** An open registry, and this process's hold on its folder. */
export interface Registry {
  readonly database: RegistryDatabase
  readonly engine: 'PGlite' | 'PostgreSQL'
  readonly engineMajor: number
  readonly folder: DataFolder
  readonly hold: FolderHold
  /** Ends every query, closes the database and lets go of the folder. */
  readonly close: () => Promise<void>
}

/**
 * Opens the registry of a data folder as its one owner and brings its tables to this program's form.
 *
 * @throws {QctError} `REGISTRY_OWNED`, `REGISTRY_FOLDER_UNUSABLE`, `REGISTRY_ENGINE_DIFFERS`, `REGISTRY_DISK_FULL`,
 *   `REGISTRY_TOO_NEW`,
 *   `REGISTRY_UNREACHABLE`, `REGISTRY_DAMAGED`.
 */
export async function openRegistry({
  dataFolder,
  databaseUrl,
  program,
  migrate = true,
}: RegistryPlace): Promise<Registry> {
  const folder = openDataFolder(dataFolder)
  const hold = holdDataFolder(folder)
  try {
    const open = await (databaseUrl === undefined
      ? openEmbedded(folder, program)
      : openPostgresql(databaseUrl))
    try {
      if (migrate) await migrateRegistry(open.database)
    } catch (cause) {
      await open.database.destroy()
      throw cause
    }
    return {
      ...open,
      folder,
      hold,
      close: async () => {
        try {
          await open.database.destroy()
        } finally {
          hold.release()
        }
      },
    }
  } catch (cause) {
    hold.release()
    throw cause
  }
}
