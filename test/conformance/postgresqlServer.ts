import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of a test: its address without a database's name, and how to end it. */
export interface PostgresqlServer {
  /** Makes a new empty database and gives its address. */
  readonly newDatabase: () => Promise<string>
  readonly stop: () => Promise<void>
}

/**
 * The folder of PostgreSQL's own programs: `QCT_POSTGRESQL`, else the newest that Debian installed, else none.
 * As root there must also be the user `postgres`: the server refuses to run as root.
 */
export function postgresqlPrograms(): string | undefined {
  if (process.getuid?.() === 0 && postgresUser() === undefined) return undefined
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [process.env.QCT_POSTGRESQL, ...versions.map((version) => join(debian, version, 'bin'))].find(
    (folder) =>
      folder !== undefined && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

/** Starts a server of its own in a new folder on a free port of this computer. */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const programs = postgresqlPrograms()
  if (programs === undefined) throw new Error('no PostgreSQL on this machine')
  const user = process.getuid?.() === 0 ? postgresUser() : undefined
  const folder = mkdtempSync(join(tmpdir(), 'trabecula-postgresql-'))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  execFileSync(join(programs, 'initdb'), ['-D', folder, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '-N'], {
    ...user,
    stdio: 'ignore',
    cwd: folder,
  })
  const port = await freePort()
  const words = ['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', folder]
  const server = spawn(join(programs, 'postgres'), words, { ...user, stdio: 'ignore', cwd: folder })
  const address = (database: string) => `postgresql://test@127.0.0.1:${port}/${database}`
  await answering(address('postgres'))

  let databases = 0
  return {
    newDatabase: async () => {
      const name = `registry_${databases++}`
      await asked(address('postgres'), `create database ${name}`)
      return address(name)
    },
    stop: async () => {
      const gone = once(server, 'exit')
      server.kill('SIGINT') // fast shutdown: ends connections, then itself
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function asked(url: string, query: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(query)
  } finally {
    await client.end()
  }
}

/** Waits until a server answers; a slow machine needs seconds. */
async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await asked(url, 'select 1')
    } catch (cause) {
      if (tries === 300) throw cause
      await setTimeout(100)
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The user that Debian's package makes for the server. */
function postgresUser(): { uid: number; gid: number } | undefined {
  try {
    const id = (what: string) =>
      Number(execFileSync('id', [what, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}
