import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ROUTES } from '../../api/routes.ts'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { defaultDataFolder, openDataFolder } from '../../registry/dataFolder.ts'
import { type FolderOwner, readFolderOwner } from '../../registry/folderOwner.ts'
import { openRegistry } from '../../registry/openRegistry.ts'
import { writeBackup } from '../../registry/writeBackup.ts'
import { PROGRAM } from '../../server/apiAnswers.ts'
import { EXIT } from '../exitCode.ts'
import { notWritable } from '../outputFolder.ts'
import { processTerminal } from '../terminal.ts'

/** The options of `registry backup` as the shell gives them. */
export interface BackupOptions {
  readonly data?: string
  readonly out: string
}

/**
 * `trabecula registry backup`: writes a logical backup. Opens the data folder itself when it is free, otherwise asks
 * the server that owns it. Gives the exit code.
 *
 * @throws {QctError} `REGISTRY_OWNED` when the owner has no address; `OUTPUT_NOT_WRITABLE`; what `openRegistry` throws.
 */
export async function backupCommand({ data, out }: BackupOptions): Promise<number> {
  const terminal = processTerminal(false)
  const file = resolve(out)
  if (existsSync(file)) throw notWritable({ code: 'EEXIST' })
  const dataFolder = resolve(data ?? defaultDataFolder())
  try {
    const registry = await openRegistry({
      dataFolder,
      databaseUrl: process.env.DATABASE_URL || undefined,
      program: PROGRAM,
    })
    try {
      await writeBackup(registry.database, file, PROGRAM, new Date().toISOString()).catch((cause) => {
        throw notWritable(cause)
      })
    } finally {
      await registry.close()
    }
  } catch (error) {
    if (!(error instanceof QctError) || error.code !== 'REGISTRY_OWNED') throw error
    const owner = readFolderOwner(openDataFolder(dataFolder))
    if (owner === undefined || owner.url === null) throw error
    await fetchBackup({ ...owner, url: owner.url }, file)
  }
  terminal.print(phrase('cli.printed.backup', { path: file }))
  return EXIT.done
}

/** Has the server that owns the folder make the backup, and writes what it sends. */
async function fetchBackup({ url, token }: FolderOwner & { url: string }, file: string): Promise<void> {
  const address = new URL(ROUTES.registryBackup.path, url)
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } }).catch((cause) => {
    throw new QctError('OWNER_ANSWER_INVALID', { url, status: 0 }, { cause })
  })
  if (!answer.ok || answer.body === null)
    throw new QctError('OWNER_ANSWER_INVALID', { url, status: answer.status })
  try {
    await pipeline(answer.body, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
  } catch (cause) {
    rmSync(file, { force: true })
    throw notWritable(cause)
  }
}
