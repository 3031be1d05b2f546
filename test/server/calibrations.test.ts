import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiErrorSchema } from '../../src/api/apiError.ts'
import { calibrationSummarySchema, keptCalibrationSchema } from '../../src/api/calibrations.ts'
import { openRegistry } from '../../src/registry/openRegistry.ts'
import { storeCalibration, storeQualityCheck } from '../../src/registry/storeCalibration.ts'
import { type RunningServer, startServer } from '../../src/server/startServer.ts'
import { exampleCalibration, exampleCheck } from '../core/calibration/asynchronous/exampleCalibration.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'
import { QUICK_DEMO } from './testServer.ts'

const NOON = '2026-03-01T12:00:00.000Z'
let server: RunningServer
const logged: string[] = []
let older: string
let newer: string
beforeAll(async () => {
  const place = { dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }
  const registry = await openRegistry(place)
  const keep = async (date: string) =>
    (await storeCalibration(registry.database, exampleCalibration({ date }), NOON)).calibration_id
  older = await keep('2026-02-01')
  newer = await keep('2026-03-01')
  await storeQualityCheck(registry.database, newer, exampleCheck({ passed: false }), NOON)
  await storeQualityCheck(registry.database, newer, exampleCheck(), NOON)
  await registry.close()
  const log = { request: (line: string) => logged.push(line), fault: (line: string) => logged.push(line) }
  server = await startServer({ ...place, port: 0, viewer: newFolder(), demo: QUICK_DEMO, log })
})
afterAll(() => server.close())

const get = (path: string) => fetch(`${server.url}/api/v1/calibrations${path}`)
const withdraw = (id: string, body: unknown) =>
  fetch(`${server.url}/api/v1/calibrations/${id}/withdrawal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const ids = async (query: string) => {
  const answer = await (await get(query)).json()
  return answer.calibrations.map((row: unknown) => calibrationSummarySchema.parse(row).calibrationId)
}

it('lists calibrations newest scan first, and those of a key', async () => {
  expect(await ids('')).toEqual([newer, older])
  expect(await ids('?deviceSerial=CT-17&kvp=120&model=Model%20X&phantomSerial=BDC-71')).toEqual([
    newer,
    older,
  ])
  expect(await ids('?kvp=100')).toEqual([])
})

it('gives a calibration with its checks; of two on one day the failed one is the last word', async () => {
  const kept = keptCalibrationSchema.parse(await (await get(`/${newer}`)).json())
  expect(kept.calibration).toEqual(exampleCalibration())
  expect(kept.checks).toEqual([exampleCheck({ passed: false }), exampleCheck()])
  expect(kept).toMatchObject({ lastCheck: { date: '2026-03-08', passed: false }, withdrawn: null })
})

it('withdraws a calibration for a reason, keeps it, and says so', async () => {
  const answer = await withdraw(older, { reason: '  new tube ' })
  expect(answer.status).toBe(200)
  const summary = calibrationSummarySchema.parse(await answer.json())
  expect(summary.withdrawn).toMatchObject({ reason: 'new tube' })
  expect(await (await withdraw(older, { reason: 'new tube' })).json()).toEqual(summary)
  expect(await ids('')).toEqual([newer])
  expect(await ids('?withdrawn=true')).toEqual([newer, older])
  expect(await ids('?withdrawn=false')).toEqual([newer])
  expect((await get(`/${older}`)).status).toBe(200)
  const again = await withdraw(older, { reason: 'another' })
  expect([again.status, apiErrorSchema.parse(await again.json()).code]).toEqual([
    409,
    'CALIBRATION_WITHDRAWN',
  ])
})

const REFUSED: readonly (readonly [string, () => Promise<Response>, number, string])[] = [
  ['a calibration that is not there', () => get(`/${randomUUID()}`), 404, 'CALIBRATION_UNKNOWN'],
  ['to withdraw one', () => withdraw(randomUUID(), { reason: 'why' }), 404, 'CALIBRATION_UNKNOWN'],
  ['to withdraw without a reason', () => withdraw(newer, { reason: ' ' }), 400, 'REQUEST_INVALID'],
  ['a name that is no UUID', () => get('/CT-17'), 400, 'REQUEST_INVALID'],
  ['a voltage that is no number', () => get('?kvp=high'), 400, 'REQUEST_INVALID'],
]

it.each(REFUSED)('refuses %s', async (_, ask, status, code) => {
  const answer = await ask()
  expect(answer.status).toBe(status)
  expect(apiErrorSchema.parse(await answer.json()).code).toBe(code)
})

it('logs the routes alone', () => {
  expect(logged).not.toEqual([])
  expect(logged.join('\n')).not.toMatch(/CT-17|new tube/)
})
