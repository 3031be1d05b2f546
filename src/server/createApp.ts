import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { QctError } from '../core/errors.ts'
import { addRoutes } from './addRoutes.ts'
import { missingViewerPage } from './missingViewerPage.ts'
import { refusalOf } from './refusal.ts'
import { guardRequest } from './requestGuard.ts'
import type { RouteAnswers } from './routeAnswers.ts'
import { SECURITY_HEADERS } from './securityHeaders.ts'

/** What the server's log is told. None of it holds patient data: routes, not addresses; codes, not messages. */
export interface ServerLog {
  readonly request: (line: string) => void
  /** A fault of our own. */
  readonly fault: (line: string) => void
}

/** A file the bundler named by its content never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/**
 * The server without its port: security headers, the guard against foreign pages, the contract's routes and the files
 * of the viewer.
 *
 * @param viewer - Folder of the built viewer; where it has no `index.html`, a page says how to build it.
 */
export async function createApp(
  handlers: RouteAnswers,
  viewer: string,
  log: ServerLog,
): Promise<FastifyInstance> {
  const app = Fastify({ requestTimeout: 120_000, forceCloseConnections: 'idle' })
  app.addHook('onRequest', async (request) => guardRequest(request))
  app.addHook('onSend', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    void request
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)'
    log.request(`${request.method} ${route} ${reply.statusCode} ${reply.elapsedTime.toFixed(0)} ms`)
  })
  app.setErrorHandler(async (error, request, reply) => {
    const { status, body } = refusalOf(error)
    if (status >= 500) log.fault(faultLine(request.routeOptions.url, body.code, error))
    return reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
  })
  app.setNotFoundHandler(async (_, reply) => {
    const { status, body } = refusalOf(new QctError('ROUTE_UNKNOWN', {}))
    return reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
  })
  addRoutes(app, handlers)

  if (existsSync(join(viewer, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: viewer,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isNamedByContent = path.startsWith(join(viewer, 'assets'))
        reply.header('cache-control', isNamedByContent ? FOR_EVER : 'no-cache')
      },
    })
  } else {
    app.get('/', { schema: { hide: true } }, async (_, reply) =>
      reply.status(503).type('text/html; charset=utf-8').send(missingViewerPage(viewer)),
    )
  }
  return app
}

/** Where a fault arose. Its message is left out: a database repeats values in it. */
function faultLine(route: string | undefined, code: string, error: unknown): string {
  const { name, stack = '', code: cause } = error as Error & { code?: unknown }
  const places = stack.split('\n').filter((line) => line.startsWith('    at '))
  return [`${code} ${route ?? ''} ${name} ${String(cause ?? '')}`.trim(), ...places].join('\n')
}
