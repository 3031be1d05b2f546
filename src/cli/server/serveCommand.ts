import { join, resolve } from 'node:path'
import { DEMO_QUERY } from '../../api/demoExam.ts'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { defaultDataFolder, openDataFolder } from '../../registry/dataFolder.ts'
import { holdDataFolder } from '../../registry/folderOwner.ts'
import { PROGRAM } from '../../server/apiAnswers.ts'
import { REPOSITORY, type RunningServer, type ServerOptions, startServer } from '../../server/startServer.ts'
import { buildViewer } from '../../server/viewerBuild.ts'
import { EXIT } from '../exitCode.ts'
import { onStop } from '../stopping.ts'
import { processTerminal, type Terminal } from '../terminal.ts'
import { DEFAULT_PORT } from './defaultPort.ts'

/** The options of `serve` as the shell gives them. */
export interface ServeOptions {
  readonly data?: string
  readonly port?: number
  /** `--no-build` makes it false. */
  readonly build: boolean
  readonly verbose?: true
}

/**
 * `trabecula serve`: builds the viewer if it is missing or stale, serves it on this computer and keeps the registry,
 * until it is stopped. Gives the exit code.
 *
 * @throws {QctError} What `startServer` throws.
 */
export async function serveCommand({ data, port, build, verbose }: ServeOptions): Promise<number> {
  const terminal = processTerminal(false)
  const viewer = join(REPOSITORY, 'dist')
  const dataFolder = resolve(data ?? defaultDataFolder())
  holdDataFolder(openDataFolder(dataFolder)).release() // a folder in use is refused before a build, not after
  if (build) await buildIfNeeded(viewer, terminal)

  const databaseUrl = process.env.DATABASE_URL || undefined
  const log = {
    request: verbose ? terminal.complain : () => undefined,
    fault: terminal.complain,
  }
  terminal.progress(phrase('server.opening'))
  const server = await listen({ dataFolder, databaseUrl, program: PROGRAM, viewer, log }, port, terminal)
  const stopped = new Promise<void>((end) => onStop(end))

  terminal.print(phrase('server.ready', { url: `${server.url}/` }))
  terminal.print(phrase('server.demo', { url: `${server.url}/?${DEMO_QUERY}` }))
  terminal.print(phrase('server.data', { folder: dataFolder, engine: server.engine }))
  terminal.print(phrase('server.stopHint'))
  await stopped
  await server.close()
  terminal.print(phrase('server.stopped'))
  return EXIT.done
}

/** A viewer that cannot be built does not keep the server from its exams: the reason is told, the page says how. */
async function buildIfNeeded(viewer: string, terminal: Terminal): Promise<void> {
  const step = phrase('server.building')
  try {
    const built = await buildViewer(REPOSITORY, viewer, () => terminal.progress(step))
    if (built.outcome === 'kept') terminal.complain(phrase('server.staleKept', { reason: built.reason }))
  } catch (error) {
    if (!(error instanceof QctError)) throw error
    if (error.cause instanceof Error) terminal.complain(error.cause.message)
    terminal.complain(phrase('cli.error', { code: error.code, message: error.message }))
  } finally {
    terminal.rest()
  }
}

/** The port that was asked for; without one the usual port, or any other when that is taken. */
async function listen(
  options: Omit<ServerOptions, 'port'>,
  port: number | undefined,
  terminal: Terminal,
): Promise<RunningServer> {
  if (port !== undefined) return startServer({ ...options, port })
  try {
    return await startServer({ ...options, port: DEFAULT_PORT })
  } catch (error) {
    if (!(error instanceof QctError) || error.code !== 'SERVER_PORT_TAKEN') throw error
    terminal.complain(phrase('server.portMoved', { port: DEFAULT_PORT }))
    return startServer({ ...options, port: 0 })
  }
}
