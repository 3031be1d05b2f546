import type { FastifyInstance, FastifyReply } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { ROUTES, type RouteName } from '../api/routes.ts'
import type { RouteAnswers } from './routeAnswers.ts'

/** The largest record a save may bring. A record is tens of KiB; contours of a whole exam stay far below this. */
const RECORD_BYTES = 16 * 2 ** 20
/** No other request has a body worth mentioning. */
const OTHER_BYTES = 64 * 2 ** 10

/** A route with every optional part spelt out. */
interface AnyRoute {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly response: Readonly<Record<number, unknown>>
}
type AnyHandler = (request: unknown, reply: FastifyReply) => Promise<unknown>

/** Gives an app every route of the contract: what comes in and what goes out passes the contract's schemas. */
export function addRoutes(app: FastifyInstance, handlers: RouteAnswers): void {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: AnyRoute = ROUTES[name]
    const handle = handlers[name] as AnyHandler
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: name === 'saveExam' ? RECORD_BYTES : OTHER_BYTES,
      schema: schemaOf(name, route),
      handler: (request, reply) =>
        handle(
          {
            params: request.params,
            query: request.query,
            body: request.body,
            bearer: /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1],
          },
          reply,
        ),
    })
  }
}

function schemaOf(name: RouteName, { summary, description, params, query, body, response }: AnyRoute) {
  return {
    operationId: name,
    summary,
    ...(description !== undefined && { description }),
    ...(params !== undefined && { params }),
    ...(query !== undefined && { querystring: query }),
    ...(body !== undefined && { body }),
    response,
  }
}
