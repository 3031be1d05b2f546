import { existsSync, renameSync, rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { QctError } from '../core/errors.ts'
import type { DataFolder } from './dataFolder.ts'
import { refuseFullDisk } from './diskSpace.ts'
import { recordEngine, refuseOtherEngine } from './engineFile.ts'
import type { RegistryDatabase, RegistryTables } from './tables.ts'

/** An open database and the engine behind it. */
export interface OpenDatabase {
  readonly database: RegistryDatabase
  readonly engine: 'PGlite' | 'PostgreSQL'
  readonly engineMajor: number
}

/** The oldest PostgreSQL whose behaviour the tests know. */
const OLDEST_POSTGRESQL = 14
/** How long to wait for a PostgreSQL before saying that it does not answer, in ms. */
const CONNECT_WITHIN_MS = 10_000

/**
 * Opens the embedded database of a data folder, making it where there is none.
 *
 * The caller must hold the folder. PGlite writes as the process does and is whole after a kill; it cannot force its
 * files to the disk, so what a power cut costs is said in `docs/operations.md`.
 *
 * @param program - Name and version of the program, for the engine file.
 * @throws {QctError} `REGISTRY_ENGINE_DIFFERS`, `REGISTRY_DISK_FULL`, `REGISTRY_DAMAGED`.
 */
export async function openEmbedded(folder: DataFolder, program: string): Promise<OpenDatabase> {
  refuseOtherEngine(folder)
  refuseFullDisk(folder.path)
  let pglite: PGlite
  try {
    if (!existsSync(folder.registry)) {
      await makeCluster(folder)
      recordEngine(folder, program)
    }
    pglite = await PGlite.create(folder.registry)
  } catch (cause) {
    throw new QctError('REGISTRY_DAMAGED', { problem: 'the database does not start' }, { cause })
  }
  return described(new Kysely<RegistryTables>({ dialect: new PGliteDialect({ pglite }) }), 'PGlite')
}

/** Makes an empty database beside its place and moves it there whole: making it takes seconds and can be killed. */
async function makeCluster(folder: DataFolder): Promise<void> {
  const growing = `${folder.registry}-new`
  rmSync(growing, { recursive: true, force: true })
  const pglite = await PGlite.create(growing)
  await pglite.close()
  renameSync(growing, folder.registry)
}

/**
 * Opens a PostgreSQL server's database.
 *
 * @param url - As `DATABASE_URL` gives it. It may hold a password: no message repeats it.
 * @throws {QctError} `REGISTRY_UNREACHABLE`.
 */
export async function openPostgresql(url: string): Promise<OpenDatabase> {
  let pool: pg.Pool
  try {
    pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS, max: 8 })
  } catch (cause) {
    throw new QctError('REGISTRY_UNREACHABLE', { reason: 'the address cannot be read' }, { cause })
  }
  // A connection that breaks while idle must not end the process; the next query says what is wrong.
  pool.on('error', () => undefined)
  const database = new Kysely<RegistryTables>({ dialect: new PostgresDialect({ pool }) })
  try {
    const open = await described(database, 'PostgreSQL')
    if (open.engineMajor < OLDEST_POSTGRESQL)
      throw new QctError('REGISTRY_UNREACHABLE', {
        reason: `PostgreSQL ${open.engineMajor}; ${OLDEST_POSTGRESQL} or later is needed`,
      })
    return open
  } catch (cause) {
    await database.destroy()
    if (cause instanceof QctError) throw cause
    // Driver messages can repeat address and user; their codes cannot.
    const code = (cause as { code?: unknown } | null)?.code
    throw new QctError(
      'REGISTRY_UNREACHABLE',
      { reason: typeof code === 'string' ? code : 'no answer' },
      { cause },
    )
  }
}

async function described(database: RegistryDatabase, engine: OpenDatabase['engine']): Promise<OpenDatabase> {
  const answer = await sql<{ server_version_num: string }>`show server_version_num`.execute(database)
  const engineMajor = Math.floor(Number(answer.rows[0]?.server_version_num) / 10_000)
  return { database, engine, engineMajor }
}
