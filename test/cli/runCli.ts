import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

/** What the real command line answered. */
export interface CliRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real command line in a process of its own, for at most 60 s unless told otherwise. */
export function runCli(
  words: readonly string[],
  options: { readonly uid?: number; readonly cwd?: string; readonly timeout?: number } = {},
): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
    ...options,
  })
  return { status, stdout, stderr }
}

/** A new empty folder of a test. */
export const testFolder = () => mkdtempSync(join(tmpdir(), 'trabecula-test-'))
