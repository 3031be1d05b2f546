import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { QctError } from '../core/errors.ts'
import { phrase } from '../core/words/words.ts'
import { type DataFolder, folderUnusable } from './dataFolder.ts'
import { writeWholeFile } from './wholeFile.ts'

const ownerSchema = z.object({
  pid: z.number().int(),
  /** Where the owner answers; null while it does not listen, and for a command that ends by itself. */
  url: z.url().nullable(),
  /** Proves to the owner that a caller may read this folder. */
  token: z.string().min(1),
})

/** Who owns a data folder, as its owner file says it. */
export type FolderOwner = z.infer<typeof ownerSchema>

/** The hold of this process on a data folder. */
export interface FolderHold {
  readonly token: string
  /** Says in the owner file where this process answers. */
  readonly announce: (url: string) => void
  /** Lets go of the folder. */
  readonly release: () => void
}

/** SQLite's result code for a file that another process, or another connection, has locked. */
const SQLITE_BUSY = 5

/**
 * Makes this process the one owner of a data folder.
 *
 * Two processes on one PGlite folder destroy it without an error, so a process number in a file is not enough: it can
 * be stale, reused, or read by two at once. The hold is therefore a lock of the kernel (through SQLite's exclusive
 * transaction on `owner.lock`), which ends with the process however it dies. `owner.json` only tells others whom to ask;
 * one left behind by a dead process is overwritten.
 *
 * @throws {QctError} `REGISTRY_OWNED` naming process and address of the owner; `REGISTRY_FOLDER_UNUSABLE`.
 */
export function holdDataFolder(folder: DataFolder): FolderHold {
  const lock = lockOf(folder)
  const token = randomBytes(32).toString('base64url')
  const write = (url: string | null) =>
    writeWholeFile(
      folder.owner,
      `${JSON.stringify({ pid: process.pid, url, token } satisfies FolderOwner)}\n`,
    )
  try {
    write(null)
  } catch (cause) {
    lock.close()
    throw folderUnusable(folder.path, cause)
  }
  let held = true
  return {
    token,
    announce: write,
    release: () => {
      if (!held) return
      held = false
      rmSync(folder.owner, { force: true })
      lock.close()
    },
  }
}

/** Who owns a folder according to its owner file; undefined when none is there or it cannot be read. */
export function readFolderOwner(folder: DataFolder): FolderOwner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(readFileSync(folder.owner, 'utf8'))).data
  } catch {
    return undefined // no owner file, or one of a program that died while it was new
  }
}

function lockOf(folder: DataFolder): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(folder.lock)
    chmodSync(folder.lock, 0o600)
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return database
  } catch (cause) {
    database?.close()
    if ((cause as { errcode?: unknown }).errcode !== SQLITE_BUSY) throw folderUnusable(folder.path, cause)
    const owner = readFolderOwner(folder)
    throw new QctError('REGISTRY_OWNED', {
      folder: folder.path,
      pid: owner?.pid ?? 0,
      url: owner?.url ?? phrase('server.unnamedOwner'),
    })
  }
}
