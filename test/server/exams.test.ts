import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiErrorSchema } from '../../src/api/apiError.ts'
import { examSummarySchema, savedExamSchema } from '../../src/api/exams.ts'
import { canonicalSha256 } from '../../src/exam/record/canonicalJson.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'
import { rawRequest } from './rawRequest.ts'
import { type TestServer, testServer } from './testServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const address = (path: string) => `${server.url}/api/v1${path}`
const put = (examId: string, body: unknown) =>
  fetch(address(`/exams/${examId}`), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
async function saved(findings: string, examId = randomUUID() as string) {
  const { examId: _, ...body } = await examToSave(examId, 0, recordWith(findings))
  return { examId, body, answer: await put(examId, body) }
}

it('saves an exam and gives it back as it was, in the newest version and in its own', async () => {
  const { examId, body, answer } = await saved('µ ≥ 80')
  expect(answer.status).toBe(200)
  expect(examSummarySchema.parse(await answer.json())).toMatchObject({
    examId,
    version: 1,
    sha256: body.sha256,
  })
  for (const path of [`/exams/${examId}`, `/exams/${examId}/versions/1`]) {
    const exam = savedExamSchema.parse(await (await fetch(address(path))).json())
    expect(exam.record).toEqual(body.record)
    expect(await canonicalSha256(exam.record)).toBe(body.sha256)
  }
  const stored = await (await fetch(address(`/exams/${examId}/versions/1/record.json`))).bytes()
  expect(createHash('sha256').update(stored).digest('hex')).toBe(body.sha256)
})

it('lists exams newest first, page by page, and those of one study', async () => {
  const { examId } = await saved('newest')
  const list = async (query: string) => (await fetch(address(`/exams?${query}`))).json()
  const all = await list('')
  expect(all.exams[0]).toMatchObject({ examId, patientName: 'Example^Anna' })
  expect(await list('limit=1&offset=1')).toEqual({ exams: [all.exams[1]], total: all.total })
  expect(await list('studyInstanceUid=1.2.3')).toEqual(all)
  expect(await list('studyInstanceUid=9.9')).toEqual({ exams: [], total: 0 })
})

it('answers a conflict with 409 and the newest version', async () => {
  const { examId } = await saved('mine')
  const { answer } = await saved('yours', examId)
  expect(answer.status).toBe(409)
  expect(apiErrorSchema.parse(await answer.json())).toMatchObject({
    code: 'EXAM_VERSION_CONFLICT',
    details: { currentVersion: 1 },
  })
})

const REFUSED: readonly (readonly [string, () => Promise<Response>, number, string])[] = [
  ['an exam that is not there', () => fetch(address(`/exams/${randomUUID()}`)), 404, 'EXAM_UNKNOWN'],
  ['versions of one', () => fetch(address(`/exams/${randomUUID()}/versions`)), 404, 'EXAM_UNKNOWN'],
  ['a name that is no UUID', () => fetch(address('/exams/Mustermann')), 400, 'REQUEST_INVALID'],
  ['a page that is no number', () => fetch(address('/exams?limit=many')), 400, 'REQUEST_INVALID'],
  ['no JSON', () => put(randomUUID(), '{"basedOnVersion":'), 400, 'REQUEST_INVALID'],
  ['a body without record', () => put(randomUUID(), { basedOnVersion: 0 }), 400, 'REQUEST_INVALID'],
  [
    'more than the limit of a save',
    () => put(randomUUID(), JSON.stringify({ text: 'x'.repeat(17 * 2 ** 20) })),
    413,
    'REQUEST_TOO_LARGE',
  ],
  [
    'more than the limit of any other request',
    () =>
      fetch(address('/demo-exam'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'x'.repeat(2 ** 17) }),
      }),
    413,
    'REQUEST_TOO_LARGE',
  ],
  ['an address that is not there', () => fetch(address('/patients')), 404, 'ROUTE_UNKNOWN'],
  ['a backup without the token', () => fetch(address('/registry/backup')), 401, 'TOKEN_NEEDED'],
  [
    'a backup with another token',
    () => fetch(address('/registry/backup'), { headers: { authorization: 'Bearer guess' } }),
    401,
    'TOKEN_NEEDED',
  ],
]

it.each(REFUSED)('refuses %s', async (_, ask, status, code) => {
  const answer = await ask()
  expect(answer.status).toBe(status)
  expect(apiErrorSchema.parse(await answer.json()).code).toBe(code)
})

it('refuses a record with a key its schema does not know, instead of dropping it in silence', async () => {
  const record = { ...recordWith('extra'), extra: 1 }
  const body = { basedOnVersion: 0, sha256: await canonicalSha256(record), record }
  const answer = await put(randomUUID(), body)
  expect([answer.status, (await answer.json()).code]).toEqual([400, 'RECORD_HASH_DIFFERS'])
})

it('logs no patient data: not of records, not of addresses, not of refused requests', async () => {
  const { examId } = await saved('Secretfinding')
  await put(examId, { basedOnVersion: 0, record: { patientName: 'Secretname' } })
  await fetch(address('/exams?studyInstanceUid=1.2.3.Secretuid'))
  await rawRequest(server.url, '/Secretpath?name=Secretname')
  const log = server.logged.join('\n')
  expect(log).toContain('PUT /api/v1/exams/:examId 200')
  expect(log).not.toMatch(/Secret|Example|Anna/)
  expect(log).not.toContain(examId)
})
