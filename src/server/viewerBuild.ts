import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { QctError } from '../core/errors.ts'
import { phrase } from '../core/words/words.ts'
import { sourceDigest } from './sourceDigest.ts'

/** What the viewer is made of. */
const INPUTS = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'public',
  ...['viewer', 'api', 'exam', 'segmentation', 'dicom', 'core'].map((room) => `src/${room}`),
]
/** Beside the built files: the digest of what they were built from. */
const STAMP = 'built-from.txt'
/** So much of the bundler's last words is shown when it fails. */
const LAST_WORDS = 4000

/** What became of the viewer. */
export type ViewerBuild =
  | { readonly outcome: 'current' | 'built' | 'absent' }
  | { readonly outcome: 'kept'; readonly reason: string }

/**
 * Builds the viewer when it is missing or older than what it is made of.
 *
 * @param root - The repository, or wherever `index.html` and `src` lie.
 * @param dist - Where the built viewer lies.
 * @param onBuild - Told before a build begins.
 * @returns `kept` when it is stale but cannot be built here; `absent` when there is no viewer and no way to build one.
 * @throws {QctError} `VIEWER_BUILD_FAILED`, its cause the bundler's last words.
 */
export async function buildViewer(root: string, dist: string, onBuild: () => void): Promise<ViewerBuild> {
  const isThere = existsSync(join(dist, 'index.html'))
  const hasSources = existsSync(join(root, 'index.html')) && existsSync(join(root, 'src/viewer'))
  const digest = hasSources ? sourceDigest(root, INPUTS) : undefined
  if (isThere && digest !== undefined && digest === stampOf(dist)) return { outcome: 'current' }

  const vite = hasSources ? viteOf(root) : undefined
  if (digest === undefined || vite === undefined) {
    const reason = phrase(hasSources ? 'server.reason.noVite' : 'server.reason.noViewerSources')
    return isThere ? { outcome: 'kept', reason } : { outcome: 'absent' }
  }
  onBuild()
  await run(vite, ['build', '--outDir', dist, '--emptyOutDir'], root)
  writeFileSync(join(dist, STAMP), `${digest}\n`)
  return { outcome: 'built' }
}

function stampOf(dist: string): string | undefined {
  const file = join(dist, STAMP)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** The bundler's program beside the sources; undefined where only what a user needs is installed. */
function viteOf(root: string): string | undefined {
  const program = join(root, 'node_modules/vite/bin/vite.js')
  return existsSync(program) ? program : undefined
}

async function run(program: string, words: readonly string[], cwd: string): Promise<void> {
  const { FORCE_COLOR: _, ...environment } = process.env
  const child = spawn(process.execPath, [program, ...words], {
    cwd,
    env: { ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const listen = (text: Buffer) => {
    said = (said + text.toString()).slice(-LAST_WORDS)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const status = await new Promise<number | string>((resolve) => {
    child.once('error', ({ name }) => resolve(name))
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1))
  })
  if (status !== 0)
    throw new QctError(
      'VIEWER_BUILD_FAILED',
      { reason: phrase('server.reason.exit', { status }) },
      { cause: new Error(said) },
    )
}
