import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { apiErrorSchema } from '../api/apiError.ts'
import { examSummarySchema, examVersionSchema } from '../api/exams.ts'
import { ROUTES, type RouteName } from '../api/routes.ts'
import { examRecordSchema } from '../exam/record/examRecord.ts'
import { SOFTWARE } from '../exam/record/software.ts'
import { addRoutes } from './addRoutes.ts'
import type { RouteAnswers } from './routeAnswers.ts'

/** Schemas that stand once in the document and are referred to by name. */
const NAMED = z.registry<{ id: string }>()
NAMED.add(examRecordSchema, { id: 'ExamRecord' })
NAMED.add(apiErrorSchema, { id: 'ApiError' })
NAMED.add(examVersionSchema, { id: 'ExamVersion' })
NAMED.add(examSummarySchema, { id: 'ExamSummary' })

/** What only our own code can check (a rule's citation, for example) is any value to others. */
const CONVERSION = { schemaRegistry: NAMED, zodToJsonConfig: { unrepresentable: 'any' } } as const

/** The OpenAPI 3.1 document of the contract, as the server itself registers its routes. Kept in `docs/openapi.json`. */
export async function openApiDocument(): Promise<object> {
  const app = Fastify()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: `${SOFTWARE.name} server`,
        version: '1',
        description:
          'Listens on this computer only and knows no accounts yet. Every refusal is {code, message, details}. For research use only.',
      },
    },
    transform: createJsonSchemaTransform(CONVERSION),
    transformObject: createJsonSchemaTransformObject(CONVERSION),
  })
  app.after(() => addRoutes(app, UNANSWERED))
  await app.ready()
  return app.swagger()
}

const silent = async (): Promise<never> => {
  throw new Error('the document needs no answers')
}
const UNANSWERED = Object.fromEntries(
  (Object.keys(ROUTES) as RouteName[]).map((name) => [name, silent]),
) as unknown as RouteAnswers

/** The document as it stands in `docs/openapi.json`. */
export const openApiText = async (): Promise<string> =>
  `${JSON.stringify(await openApiDocument(), null, 2)}\n`
