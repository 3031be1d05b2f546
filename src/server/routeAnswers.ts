import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { ROUTES, RouteName } from '../api/routes.ts'

type Route<K extends RouteName> = (typeof ROUTES)[K]
type Parsed<R, Part extends string> = R extends { readonly [P in Part]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined
type Answer<R> = R extends { readonly response: { readonly 200: infer S } }
  ? S extends z.ZodType
    ? z.output<S>
    : FastifyReply
  : never

/** A request of one route, after its schemas. */
export interface ApiRequest<K extends RouteName> {
  readonly params: Parsed<Route<K>, 'params'>
  readonly query: Parsed<Route<K>, 'query'>
  readonly body: Parsed<Route<K>, 'body'>
  /** The token after `Bearer`, if one was sent. */
  readonly bearer: string | undefined
}

/**
 * What answers each route of the contract. A route that answers with bytes sends them through `reply`.
 * Failures are thrown as `QctError`.
 */
export type RouteAnswers = {
  readonly [K in RouteName]: (request: ApiRequest<K>, reply: FastifyReply) => Promise<Answer<Route<K>>>
}
