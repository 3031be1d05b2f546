import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { QctError } from '../core/errors.ts'
import { PRODUCT_NAME } from '../exam/record/software.ts'
import { forgetPartial, rememberPartial } from './partialFolders.ts'

/** Files of one result by name. */
export type ResultFiles = ReadonlyMap<string, Uint8Array | string>

/** The file that makes a folder a result: written last, so a folder that holds it is whole. */
export const RECORD_FILE = 'exam.json'
/** Every name a result can have; only these are ever replaced or removed. */
const RESULT_NAME =
  /^(exam\.json|report\.(txt|html|pdf)|measurements\.csv|cohort\.csv|rods\.png|calibration\.png|voi-(T12|L[1-5])\.png)$/
/** Enough for a result; a disk that cannot take it is known full before minutes of work. */
const PROBE_BYTES = 8 * 2 ** 20

/**
 * Makes sure, before any work, that a result can be written to a folder: it can be made, it takes 2 MiB, and it holds
 * no file of a result's name that this program did not write. Leaves nothing behind.
 *
 * @throws {QctError} `OUTPUT_NOT_WRITABLE`, `OUTPUT_FOREIGN`.
 */
export function probeOutputFolder(path: string): void {
  refuseForeign(path)
  const { partial, made } = openPartial(path)
  try {
    writeFileSync(join(partial, 'probe'), new Uint8Array(PROBE_BYTES))
  } catch (cause) {
    throw notWritable(cause)
  } finally {
    removePartial(partial, made)
  }
}

/**
 * Writes a result into a folder, whole or not at all.
 *
 * All files go to a partial folder first. Where the result's folder does not exist yet, it appears by one rename; else
 * the files are moved in one by one, the record last, and figures of an older result of ours that the new one has
 * not are removed. Other files are left alone.
 *
 * @throws {QctError} `OUTPUT_NOT_WRITABLE` (full disk, no permission …), `OUTPUT_FOREIGN`.
 */
export function writeResultFolder(path: string, files: ResultFiles): void {
  refuseForeign(path)
  const { partial, made, inside } = openPartial(path)
  try {
    for (const [name, content] of files) writeFileSync(join(partial, name), content)
    if (!inside) {
      renameSync(partial, path)
    } else {
      const stale = readdirSync(path).filter(
        (name) => RESULT_NAME.test(name) && name.endsWith('.png') && !files.has(name),
      )
      const names = [...files.keys()].sort((a, b) => Number(a === RECORD_FILE) - Number(b === RECORD_FILE))
      for (const name of names) renameSync(join(partial, name), join(path, name))
      for (const name of stale) rmSync(join(path, name))
    }
  } catch (cause) {
    removePartial(partial, made)
    throw notWritable(cause)
  }
  removePartial(partial, undefined)
}

/** A partial folder for `path`: beside it while it does not exist, inside it when it does. */
function openPartial(path: string) {
  const whole = resolve(path)
  try {
    const inside = existsSync(whole)
    const made = inside ? undefined : mkdirSync(dirname(whole), { recursive: true })
    const partial = join(inside ? whole : dirname(whole), partialName(whole))
    rememberPartial(partial)
    mkdirSync(partial)
    return { partial, made, inside }
  } catch (cause) {
    throw notWritable(cause)
  }
}

/** The hidden name under which a result grows. `mkdtemp` would make the result readable to its owner alone. */
export const partialName = (path: string) => `.${basename(path)}-partial-${randomUUID().slice(0, 8)}`

/** Removes a partial folder and the folders that were made only for it. */
function removePartial(partial: string, made: string | undefined): void {
  rmSync(partial, { recursive: true, force: true })
  if (made !== undefined) rmSync(made, { recursive: true, force: true })
  forgetPartial(partial)
}

function refuseForeign(path: string): void {
  if (!existsSync(path)) return
  let names: string[]
  try {
    names = readdirSync(path)
  } catch (cause) {
    throw notWritable(cause)
  }
  const taken = names.find((name) => RESULT_NAME.test(name) && name !== 'cohort.csv')
  if (taken !== undefined && !isOurs(join(path, RECORD_FILE)))
    throw new QctError('OUTPUT_FOREIGN', { file: taken })
}

/** Whether an `exam.json` was written by this program, of whatever version. */
function isOurs(recordPath: string): boolean {
  try {
    const json: unknown = JSON.parse(readFileSync(recordPath, 'utf8'))
    return (json as { inputs?: { software?: { name?: unknown } } }).inputs?.software?.name === PRODUCT_NAME
  } catch {
    return false // no record, or none that can be read: not ours to replace
  }
}

/** What the operating system says, in words without paths. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file of that name is there',
  ENAMETOOLONG: 'the path is too long',
}

/** An `OUTPUT_NOT_WRITABLE` from what a file operation threw. */
export function notWritable(cause: unknown): QctError {
  if (cause instanceof QctError) return cause
  const code = (cause as { code?: unknown } | null)?.code
  const reason = typeof code === 'string' ? (REASONS[code] ?? code) : 'unknown reason'
  return new QctError('OUTPUT_NOT_WRITABLE', { reason }, { cause })
}

/**
 * Writes one file of our own into a folder by a rename, so that a reader never sees half of it.
 * @throws {QctError} `OUTPUT_NOT_WRITABLE`.
 */
export function writeLooseFile(path: string, content: string): void {
  const partial = join(dirname(path), `.${basename(path)}-partial-${process.pid}`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    rememberPartial(partial)
    writeFileSync(partial, content)
    renameSync(partial, path)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw notWritable(cause)
  } finally {
    forgetPartial(partial)
  }
}
