import type { Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { QctError } from '../../core/errors.ts'
import type { NamedBlob } from '../namedBlob.ts'
import { FileBlob } from './fileBlob.ts'

/** Folders deeper than this are not entered; no export of images nests so far. */
const DEEPEST = 64

/**
 * Opens files and folders, folders with everything in them, as blobs in the order of their paths.
 *
 * A file or folder inside that may not be read is a value: an empty blob with `error`. Links are followed, each folder
 * once, so a link that leads back up ends nothing.
 *
 * @throws {QctError} `PATH_NOT_FOUND` when a path that was named does not exist.
 */
export async function openPaths(paths: readonly string[]): Promise<NamedBlob[]> {
  const opened: NamedBlob[] = []
  const entered = new Set<string>()
  for (const path of paths) {
    const whole = resolve(path)
    let facts: Stats
    try {
      facts = await stat(whole)
    } catch (cause) {
      throw new QctError('PATH_NOT_FOUND', { path }, { cause })
    }
    await open({ whole, path: basename(whole) || whole, facts }, 0, entered, opened)
  }
  return opened
}

/** A file or folder and what the file system says of it, or why it says nothing. */
interface Found {
  readonly whole: string
  readonly path: string
  readonly facts: Stats | Error
}

const failure = (path: string, cause: unknown): NamedBlob => {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown'
  return { path, blob: new Blob([]), error: new QctError('FILE_UNREADABLE', { reason }, { cause }) }
}

async function open(found: Found, depth: number, entered: Set<string>, opened: NamedBlob[]): Promise<void> {
  const { whole, path, facts } = found
  try {
    if (facts instanceof Error) throw facts
    if (facts.isFile()) {
      opened.push({ path, blob: new FileBlob(whole, facts) })
      return
    }
    if (!facts.isDirectory())
      throw Object.assign(new Error('no regular file'), { code: 'not a regular file' })
    const real = await realpath(whole)
    if (entered.has(real) || depth > DEEPEST) return
    entered.add(real)
    // code unit order: the same on every machine, whatever its language
    const names = (await readdir(whole)).sort()
    const inside = await Promise.all(
      names.map(async (name): Promise<Found> => {
        const inner = join(whole, name)
        const innerFacts = await stat(inner).catch((cause: Error) => cause)
        return { whole: inner, path: `${path}/${name}`, facts: innerFacts }
      }),
    )
    for (const one of inside) await open(one, depth + 1, entered, opened)
  } catch (cause) {
    opened.push(failure(path, cause))
  }
}
