import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyDataFolder, newFolder } from '../registry/emptyCluster.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'
import { runCli } from './runCli.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const examId = randomUUID()
const backup = join(newFolder(), 'backup.jsonl.gz')
let dataFolder: string
let child: ChildProcess
let ended: Promise<unknown[]>
let url = ''
const said: string[] = []

beforeAll(async () => {
  dataFolder = await emptyDataFolder()
  const words = [main, 'serve', '--no-build', '--port', '0', '--data', dataFolder]
  child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout! })
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      said.push(line)
      url ||= /http:\/\/\S+(?=\/$)/.exec(line)?.[0] ?? ''
      if (line.includes('Ctrl-C')) resolve()
    })
  })
  const { examId: _, ...body } = await examToSave(examId, 0, recordWith('backed up'))
  const answer = await fetch(`${url}/api/v1/exams/${examId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
})
afterAll(() => void child.kill('SIGKILL'))

it('prints its address, that of the demo exam, and where the data lie', () => {
  expect(said[0]).toBe(`Trabecula runs: ${url}/`)
  expect(said[1]).toBe(`Demo exam:      ${url}/?demo`)
  expect(said[2]).toContain(dataFolder)
})

it('refuses a second server on the same folder, naming the first one by process and address', () => {
  const { status, stderr } = runCli(['serve', '--no-build', '--data', dataFolder])
  expect(status).toBe(2)
  expect(stderr).toContain(`REGISTRY_OWNED: The data folder ${dataFolder} is in use`)
  expect(stderr).toContain(`process ${child.pid}, ${url}`)
})

it('refuses a restore into the folder of a running server', () => {
  const { status, stderr } = runCli(['registry', 'restore', 'any.jsonl.gz', '--data', dataFolder])
  expect([status, stderr.includes('REGISTRY_OWNED')]).toEqual([2, true])
})

it('backs up through the running server, restores into a new folder, and overwrites no file', async () => {
  const made = runCli(['registry', 'backup', '--out', backup, '--data', dataFolder])
  expect(made).toMatchObject({ status: 0, stdout: `backup: ${backup}\n` })
  expect((statSync(backup).mode & 0o777).toString(8)).toBe('600')
  expect(readdirSync(dataFolder).filter((name) => name.startsWith('.partial'))).toEqual([])
  const again = runCli(['registry', 'backup', '--out', backup, '--data', dataFolder])
  expect([again.status, again.stderr.includes('OUTPUT_NOT_WRITABLE')]).toEqual([2, true])

  const folder = await emptyDataFolder()
  const restored = runCli(['registry', 'restore', backup, '--data', folder])
  expect(restored).toMatchObject({
    status: 0,
    stdout: `restored: 1 exams, 1 versions, 0 calibrations into ${folder}\n`,
  })
  // The folder is free: the command opens it itself.
  const own = join(newFolder(), 'own.jsonl.gz')
  expect(runCli(['registry', 'backup', '--out', own, '--data', folder]).status).toBe(0)
  expect(existsSync(own)).toBe(true)
})

it('says that a port is taken when that port was asked for', async () => {
  const { port } = new URL(url)
  const { status, stderr } = runCli([
    'serve',
    '--no-build',
    '--port',
    port,
    '--data',
    await emptyDataFolder(),
  ])
  expect([status, stderr.includes(`SERVER_PORT_TAKEN: Port ${port} cannot be opened (EADDRINUSE)`)]).toEqual([
    2,
    true,
  ])
})

it('ends with 0 at Ctrl-C and lets go of the folder', async () => {
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(0)
  expect(existsSync(join(dataFolder, 'owner.json'))).toBe(false)
  expect(said.at(-1)).toContain('Stopped')
})
