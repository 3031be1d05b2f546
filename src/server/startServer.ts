import { join } from 'node:path'
import { QctError } from '../core/errors.ts'
import { defaultExamParameters, type ExamParameters } from '../demo/examParameters.ts'
import { openRegistry, type RegistryPlace } from '../registry/openRegistry.ts'
import { apiAnswers } from './apiAnswers.ts'
import { createApp, type ServerLog } from './createApp.ts'
import { demoExamKeeper } from './demoExam/demoExamKeeper.ts'
import { keepBackups } from './keepBackups.ts'
import { keepLogShort } from './keepLogShort.ts'
import { sourceDigest } from './sourceDigest.ts'

/** The repository, in which the sources lie. */
export const REPOSITORY = join(import.meta.dirname, '../..')
/** The only address listened on: this computer's own, until there are accounts. */
const LOOPBACK = '127.0.0.1'
/** What the demo exam's bytes depend on. */
const DEMO_SOURCES = ['src/demo', 'src/dicom', 'src/core/geometry', 'src/core/volume']

/** How a server is started. */
export interface ServerOptions extends RegistryPlace {
  /** The port asked for; 0 for any free one. */
  readonly port: number
  /** Folder of the built viewer. */
  readonly viewer: string
  readonly log: ServerLog
  /** Another demo exam than the usual one. It must not share its folder with the usual one. */
  readonly demo?: ExamParameters
}

/** A server that answers. */
export interface RunningServer {
  readonly url: string
  readonly engine: string
  /** Answers what is under way, closes the registry and lets go of the data folder. */
  readonly close: () => Promise<void>
}

/**
 * Starts the server on this computer's loopback address as the owner of a data folder.
 *
 * @throws {QctError} What `openRegistry` throws; `SERVER_PORT_TAKEN`.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const registry = await openRegistry(options)
  const demo = demoExamKeeper(
    registry.folder.demoExam,
    sourceDigest(REPOSITORY, DEMO_SOURCES),
    options.demo ?? defaultExamParameters,
  )
  try {
    await keepBackups(registry, options.program, new Date()).catch((cause: unknown) =>
      // A full disk must not keep anybody from the exams that are there.
      options.log.fault(
        `automatic backup: ${String((cause as { code?: unknown } | null)?.code ?? 'failed')}`,
      ),
    )
    const app = await createApp(apiAnswers(registry, demo), options.viewer, options.log)
    const url = await app.listen({ host: LOOPBACK, port: options.port }).catch((cause: unknown) => {
      const reason = String((cause as { code?: unknown }).code)
      throw new QctError('SERVER_PORT_TAKEN', { port: options.port, reason }, { cause })
    })
    registry.hold.announce(url)
    const endCheckpoints = keepLogShort(registry)
    return {
      url,
      engine: `${registry.engine} ${registry.engineMajor}`,
      close: async () => {
        endCheckpoints()
        await app.close()
        await demo.stop()
        await registry.close()
      },
    }
  } catch (cause) {
    await registry.close()
    throw cause
  }
}
