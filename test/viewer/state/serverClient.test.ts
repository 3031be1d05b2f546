import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalSha256 } from '../../../src/exam/record/canonicalJson.ts'
import { ServerClient, ServerRefusal } from '../../../src/viewer/state/serverClient.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

let server: Server
let client: ServerClient
let answer: { status: number; body: unknown } = { status: 200, body: {} }
let asked: { method: string; url: string; body: string }

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      asked = { method: request.method ?? '', url: request.url ?? '', body }
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  client = new ServerClient((path, init) => fetch(`${root}${String(path)}`, init))
})
afterAll(() => new Promise((done) => server.close(done)))

describe('the client of the server', () => {
  const summary = {
    examId: '7d444840-9dc0-41d3-b0a9-0123456789ab',
    version: 3,
    savedAt: '2026-01-02T03:04:05.000Z',
    createdAt: '2026-01-02T03:00:00.000Z',
    sha256: 'a'.repeat(64),
    schemaVersion: 2,
    status: 'done',
    signed: false,
    patientId: 'P1',
    patientName: null,
    studyInstanceUid: '1.2',
    studyDate: null,
  }

  it('saves a record with the hash of its canonical JSON and the version it was made from', async () => {
    answer = { status: 200, body: summary }
    const record = exampleRecord()
    expect((await client.saveExam(summary.examId, 2, record)).version).toBe(3)
    const sent = JSON.parse(asked.body)
    expect([asked.method, sent.basedOnVersion]).toEqual(['PUT', 2])
    expect(sent.sha256).toBe(await canonicalSha256(record))
  })

  it('gives a refusal with the code and the words of the server', async () => {
    answer = { status: 409, body: { code: 'EXAM_VERSION_CONFLICT', message: 'another version', details: {} } }
    const failed = client.saveExam(summary.examId, 2, exampleRecord())
    await expect(failed).rejects.toBeInstanceOf(ServerRefusal)
    await expect(failed).rejects.toMatchObject({ failure: { code: 'EXAM_VERSION_CONFLICT' } })
  })

  it('asks for the exams saved last, and how many there are in all', async () => {
    answer = { status: 200, body: { exams: [summary], total: 70 } }
    expect(await client.listExams()).toEqual({ exams: [summary], total: 70 })
    expect(asked.url).toMatch(/\?limit=\d+$/)
  })

  it('trusts no answer that is not of the contract', async () => {
    answer = { status: 200, body: { ...summary, version: 'three' } }
    await expect(client.saveExam(summary.examId, 2, exampleRecord())).rejects.toMatchObject({
      code: 'API_ANSWER_INVALID',
      details: { path: 'version' },
    })
  })

  it('finds no server where a plain file server answers with a page', async () => {
    answer = { status: 200, body: '<!doctype html>' }
    expect(await client.status()).toBeNull()
  })

  it('says that a server which is gone does not answer', async () => {
    const gone = new ServerClient(() => Promise.reject(new TypeError('failed')))
    await expect(gone.demoExam(true)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' })
    expect(await gone.status()).toBeNull()
  })
})
