import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_QUERY } from '../../src/api/demoExam.ts'
import { REPOSITORY, startServer } from '../../src/server/startServer.ts'
import { buildViewer } from '../../src/server/viewerBuild.ts'

/** The product's own server on a fresh data folder, with the viewer built for production. */
export interface ProductServer {
  readonly url: string
  /** The address that opens the demo exam by itself. */
  readonly demoUrl: string
  close(): Promise<void>
}

/** Builds the viewer if it is older than its sources and starts the server. `QCT_E2E_URL` names a running one instead. */
export async function startProduct(): Promise<ProductServer> {
  const running = process.env.QCT_E2E_URL
  if (running !== undefined)
    return { url: running, demoUrl: `${running}/?${DEMO_QUERY}`, close: async () => {} }
  const dist = join(REPOSITORY, 'dist')
  const build = await buildViewer(REPOSITORY, dist, () => {})
  if (build.outcome === 'absent' || !existsSync(join(dist, 'index.html')))
    throw new Error('the viewer was not built')
  const dataFolder = await mkdtemp(join(tmpdir(), 'trabecula-e2e-'))
  const server = await startServer({
    port: 0,
    viewer: dist,
    log: { request: () => {}, fault: () => {} },
    dataFolder,
    program: 'trabecula e2e',
  })
  return {
    url: server.url,
    demoUrl: `${server.url}/?${DEMO_QUERY}`,
    close: async () => {
      await server.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
