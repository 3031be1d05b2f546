import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { writeExam } from '../../src/demo/writeExam.ts'
import { learningExam } from '../demo/learningExam.ts'
import { testFolder } from './runCli.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s leaves nothing half-written and ends with 130',
  async (signal) => {
    const base = testFolder()
    const child = spawn(process.execPath, [main, 'demo-exam', '--out', join(base, 'exam')], {
      stdio: 'ignore',
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    while (readdirSync(base).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill(signal)
    expect(await ended).toBe(130)
    expect(readdirSync(base)).toEqual([])
  },
)

it('Ctrl-C while tissues are learned ends with 130 and leaves no reference', async () => {
  const base = testFolder()
  await writeExam(learningExam(0), async (path, bytes) => {
    mkdirSync(dirname(join(base, 'exam', path)), { recursive: true })
    writeFileSync(join(base, 'exam', path), bytes)
  })
  const words = ['calibration', 'learn-tissues', join(base, 'exam'), '--out', join(base, 'reference.json')]
  const child = spawn(process.execPath, [main, ...words])
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let isTold = false
  child.stderr.on('data', (said) => {
    if (isTold || !String(said).includes('Study 1 of 1')) return
    isTold = child.kill('SIGINT') // once: the second one ends any program at once
  })
  expect(await ended).toBe(130)
  expect(readdirSync(base)).toEqual(['exam'])
}, 120_000)
