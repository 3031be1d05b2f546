import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
