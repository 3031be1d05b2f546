import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROUTES } from '../../src/api/routes.ts'
import { openApiText } from '../../src/server/openApi.ts'

it('has its OpenAPI document in docs/openapi.json; npm run openapi writes it anew', async () => {
  const kept = readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')
  expect(kept === (await openApiText())).toBe(true) // not toBe: a difference of 5000 lines helps nobody
})

it('describes every route of the contract by its name', async () => {
  const { paths } = JSON.parse(await openApiText())
  const described = Object.values(paths).flatMap((path) =>
    Object.values(path as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
  )
  expect(described.sort()).toEqual(Object.keys(ROUTES).sort())
})
