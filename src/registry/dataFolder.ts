import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { QctError } from '../core/errors.ts'

/** What lies where in a data folder. */
export interface DataFolder {
  readonly path: string
  /** Held by the kernel for the process that owns the folder. */
  readonly lock: string
  /** Who owns the folder: process, address, token. */
  readonly owner: string
  /** Files of the embedded database. */
  readonly registry: string
  /** Which engine wrote them. */
  readonly engine: string
  /** Automatic logical backups. */
  readonly backups: string
  /** The demo exam, made on request. */
  readonly demoExam: string
}

/** The data folder of a person who named none: `TRABECULA_DATA`, else the place the desktop gives to programs. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { TRABECULA_DATA, XDG_DATA_HOME } = environment
  if (TRABECULA_DATA) return resolve(TRABECULA_DATA)
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'trabecula')
}

/**
 * Makes a data folder where there is none, and closes it to everybody but its user: it holds patient data. A folder that
 * holds other things is refused and left as it is.
 *
 * @throws {QctError} `REGISTRY_FOLDER_UNUSABLE`.
 */
export function openDataFolder(path: string): DataFolder {
  const whole = resolve(path)
  try {
    const isNew = mkdirSync(whole, { recursive: true, mode: 0o700 }) !== undefined
    if (!isNew && isForeign(whole)) throw Object.assign(new Error('foreign'), { code: FOREIGN })
    chmodSync(whole, 0o700)
  } catch (cause) {
    throw folderUnusable(whole, cause)
  }
  return {
    path: whole,
    lock: join(whole, 'owner.lock'),
    owner: join(whole, 'owner.json'),
    registry: join(whole, 'registry'),
    engine: join(whole, 'engine.json'),
    backups: join(whole, 'backups'),
    demoExam: join(whole, 'demo-exam'),
  }
}

/** Whether a folder holds things and none of them is ours: it is not for us to close it to others, nor to write into. */
function isForeign(path: string): boolean {
  const names = readdirSync(path).filter((name) => name !== 'lost+found')
  return names.length > 0 && !names.includes('owner.lock') && !names.includes('engine.json')
}

/** Reason code of a folder that belongs to something else. */
const FOREIGN = 'FOREIGN'

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOSPC: 'the disk is full',
  [FOREIGN]: 'it holds other things; an empty folder or a new one is needed',
}

/** A `REGISTRY_FOLDER_UNUSABLE` from what a file operation threw. */
export function folderUnusable(folder: string, cause: unknown): QctError {
  const code = String((cause as { code?: unknown } | null)?.code ?? 'unknown reason')
  return new QctError('REGISTRY_FOLDER_UNUSABLE', { folder, reason: REASONS[code] ?? code }, { cause })
}
