import { mkdirSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newFolder } from '../registry/emptyCluster.ts'
import { rawRequest } from './rawRequest.ts'
import { type TestServer, testServer } from './testServer.ts'

let server: TestServer
beforeAll(async () => {
  const viewer = join(newFolder(), 'viewer')
  mkdirSync(join(viewer, 'assets'), { recursive: true })
  writeFileSync(join(viewer, 'index.html'), '<!doctype html><title>viewer</title>')
  writeFileSync(join(viewer, 'assets/index-1234.js'), 'export {}')
  writeFileSync(join(viewer, 'assets/codec-1234.wasm'), '')
  writeFileSync(join(viewer, '../secret.txt'), 'secret')
  server = await testServer({ viewer })
})
afterAll(() => server.close())

it.each(['/', '/assets/index-1234.js', '/api/v1/status', '/nothing', '/api/v1/exams/no-uuid'])(
  'sends the headers of isolation and policy with %s',
  async (path) => {
    const { headers } = await rawRequest(server.url, path)
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'self';")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).not.toMatch(/'unsafe-(eval|inline)'|https?:|\*/)
    expect(headers['access-control-allow-origin']).toBeUndefined()
  },
)

it('sends each file with its type, named files for ever, the page fresh each time, answers never kept', async () => {
  const about = async (path: string) => {
    const { headers } = await rawRequest(server.url, path)
    return [headers['content-type'], headers['cache-control']]
  }
  const forEver = 'public, max-age=31536000, immutable'
  expect(await about('/')).toEqual(['text/html; charset=utf-8', 'no-cache'])
  expect(await about('/assets/index-1234.js')).toEqual(['application/javascript; charset=utf-8', forEver])
  expect(await about('/assets/codec-1234.wasm')).toEqual(['application/wasm', forEver])
  expect(await about('/api/v1/status')).toEqual(['application/json; charset=utf-8', 'no-store'])
})

it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt'])(
  'serves nothing outside the viewer at %s',
  async (path) => {
    const { status, text } = await rawRequest(server.url, path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(text).not.toBe('secret')
  },
)

it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '10.0.0.7'])(
  'refuses the Host header "%s", as a rebound name would send it',
  async (host) => {
    for (const path of ['/', '/api/v1/status']) {
      const { status, text } = await rawRequest(server.url, path, { host })
      expect([status, JSON.parse(text).code]).toEqual([403, 'REQUEST_REFUSED'])
    }
  },
)

it.each(['localhost:8600', '127.0.0.1', '[::1]:9000', 'LOCALHOST'])(
  'answers to its own name %s',
  async (host) => {
    expect((await rawRequest(server.url, '/api/v1/status', { host })).status).toBe(200)
  },
)

const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'http://localhost:3000' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
]

it.each(FOREIGN)('lets no foreign page make it work: %o', async (headers) => {
  const { status } = await rawRequest(server.url, '/api/v1/demo-exam', headers, 'POST')
  expect(status).toBe(403)
  expect(JSON.parse((await rawRequest(server.url, '/api/v1/demo-exam')).text).state).toBe('absent')
})

it('answers its own page', async () => {
  const own = { origin: server.url, 'sec-fetch-site': 'same-origin' }
  expect((await rawRequest(server.url, '/api/v1/status', own)).status).toBe(200)
})

it('cannot be reached at any other address of this computer', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  expect(new URL(server.url).hostname).toBe('127.0.0.1')
  for (const { address } of others) {
    const url = `http://${address}:${new URL(server.url).port}`
    await expect(rawRequest(url, '/api/v1/status')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  }
})
