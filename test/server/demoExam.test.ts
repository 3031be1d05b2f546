import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoExam, demoExamSchema } from '../../src/api/demoExam.ts'
import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { demoExamKeeper } from '../../src/server/demoExam/demoExamKeeper.ts'
import { newFolder } from '../registry/emptyCluster.ts'
import { rawRequest } from './rawRequest.ts'
import { QUICK_DEMO, type TestServer, testServer } from './testServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const ask = async (method = 'GET'): Promise<DemoExam> =>
  demoExamSchema.parse(await (await fetch(`${server.url}/api/v1/demo-exam`, { method })).json())

it('makes the demo exam on request and serves it file for file as the generator writes it', async () => {
  expect(await ask()).toEqual({ state: 'absent', progress: 0, failure: null, files: [] })
  expect((await ask('POST')).state).toBe('making')
  let seen = await ask()
  while (seen.state === 'making') {
    await setTimeout(20)
    seen = await ask()
  }
  expect(seen).toMatchObject({ state: 'ready', progress: 1, failure: null })

  const written = new Map<string, Uint8Array>()
  await writeExam(QUICK_DEMO, async (path, bytes) => void written.set(path, bytes.slice()))
  const images = [...written.keys()].filter((path) => path.startsWith('dicom/')).sort()
  expect(seen.files.map(({ path }) => path)).toEqual(images)
  for (const { path, url, sizeBytes } of seen.files) {
    const bytes = await (await fetch(`${server.url}${url}`)).bytes()
    expect(bytes.length).toBe(sizeBytes)
    expect(Buffer.compare(bytes, written.get(path) ?? new Uint8Array())).toBe(0)
  }
  expect(await ask('POST')).toEqual(seen) // asked again, it is there
})

it.each(['truth.json', 'dicom/SE2/IM9999.dcm', '../../owner.json', '..%2f..%2fowner.json', ''])(
  'serves no other file than its images: "%s"',
  async (path) => {
    const { status, text } = await rawRequest(server.url, `/api/v1/demo-exam/files/${path}`)
    expect(status).toBe(404)
    expect(text).not.toContain('token')
  },
)

it('answers while it draws, and leaves nothing half made when it is stopped', async () => {
  const folder = join(newFolder(), 'demo-exam')
  const keeper = demoExamKeeper(folder, 'a'.repeat(64), defaultExamParameters) // ten seconds of drawing
  expect(keeper.make().state).toBe('making')
  const begun = performance.now()
  await setTimeout(1)
  expect(performance.now() - begun).toBeLessThan(1000) // drawn here, the first slice alone would block for longer
  await keeper.stop()
  expect(keeper.state().state).toBe('absent')
  expect(readdirSync(folder)).toEqual([])
})

it('replaces the exam of another version of the generator, and what a killed server left', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'old/dicom'), { recursive: true })
  mkdirSync(join(folder, `${'b'.repeat(16)}-partial/dicom`), { recursive: true })
  const keeper = demoExamKeeper(folder, 'b'.repeat(64), QUICK_DEMO)
  expect(keeper.state().state).toBe('absent')
  keeper.make()
  while (keeper.state().state === 'making') await setTimeout(20)
  expect(keeper.state().state).toBe('ready')
  expect(readdirSync(folder)).toEqual(['b'.repeat(16)])
})

it('says why it could not be made, and can be asked again', async () => {
  const parent = newFolder()
  writeFileSync(join(parent, 'file'), '')
  const keeper = demoExamKeeper(join(parent, 'file/demo'), 'c'.repeat(64), QUICK_DEMO)
  expect(keeper.make()).toMatchObject({ state: 'failed', failure: { code: 'DEMO_EXAM_FAILED' } })
  expect(keeper.make().state).toBe('failed')
  expect(existsSync(join(parent, 'file/demo'))).toBe(false)
})
