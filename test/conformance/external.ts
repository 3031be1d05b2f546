import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { chromiumPath } from '../e2e/chromiumPath.ts'
import { postgresqlPrograms } from './postgresqlServer.ts'

/** What a conformance test may need from outside the project. */
export type ExternalKind =
  | 'real-data'
  | 'python'
  | 'root'
  | 'dicom3tools'
  | 'dcmtk'
  | 'poppler'
  | 'postgresql'
  | 'chromium'

const repository = join(import.meta.dirname, '../..')

/** The Python that holds the foreign readers of `requirements.txt`: `QCT_PYTHON`, else `.venv`, else `python3`. */
export const python =
  process.env.QCT_PYTHON ??
  [join(repository, '.venv/bin/python')].find((candidate) => existsSync(candidate)) ??
  'python3'

const answers = (command: string, ...words: string[]) =>
  spawnSync(command, words, { stdio: 'ignore' }).status === 0

const present: Record<ExternalKind, () => boolean> = {
  'real-data': () => process.env.QCT_REAL_DATA !== undefined && existsSync(process.env.QCT_REAL_DATA),
  python: () => answers(python, '-c', 'import numpy, pydicom, nibabel'),
  root: () => process.getuid?.() === 0,
  chromium: () => chromiumPath() !== undefined,
  poppler: () => answers('sh', '-c', 'command -v pdfinfo && command -v pdftotext && command -v pdffonts'),
  dicom3tools: () => answers('sh', '-c', 'command -v dciodvfy'),
  dcmtk: () => answers('sh', '-c', 'command -v dsrdump'),
  postgresql: () => postgresqlPrograms() !== undefined,
}

const known = new Map<ExternalKind, boolean>()

/** Whether something from outside is there on this machine. Asked once per test file. */
export function hasExternal(kind: ExternalKind): boolean {
  const asked = known.get(kind)
  if (asked !== undefined) return asked
  const answer = present[kind]()
  known.set(kind, answer)
  return answer
}

/**
 * A group of tests that needs a program or data from outside.
 *
 * Present: the tests run. Absent: they are skipped and counted per kind at the end of the run, or, under
 * `REQUIRE_EXTERNAL=1`, the group fails, so that a machine that promises everything cannot pass by skipping.
 */
export function describeExternal(
  kinds: ExternalKind | readonly ExternalKind[],
  title: string,
  body: () => void,
): void {
  const needed = typeof kinds === 'string' ? [kinds] : kinds
  const missing = needed.filter((kind) => !hasExternal(kind))
  const name = `[${needed.join('+')}] ${title}`
  if (missing.length === 0) {
    describe(name, body)
  } else if (process.env.REQUIRE_EXTERNAL === '1') {
    it(`${name} has what it needs`, () => {
      throw new Error(`REQUIRE_EXTERNAL=1, but this machine lacks: ${missing.join(', ')}`)
    })
  } else {
    describe.skip(name, body)
  }
}

/** Path of a file or folder of the real data; call it inside a `describeExternal('real-data', …)` test. */
export const realData = (...parts: string[]) =>
  join(process.env.QCT_REAL_DATA ?? 'QCT_REAL_DATA-not-set', ...parts)
