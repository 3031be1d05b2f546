import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDataFolder } from '../../src/registry/dataFolder.ts'
import { holdDataFolder, readFolderOwner } from '../../src/registry/folderOwner.ts'
import { newFolder } from './emptyCluster.ts'

/** Holds a folder in a process of its own; prints `held` or the code of the refusal, then waits. */
const HOLDER = `
  import { openDataFolder } from '${join(import.meta.dirname, '../../src/registry/dataFolder.ts')}'
  import { holdDataFolder } from '${join(import.meta.dirname, '../../src/registry/folderOwner.ts')}'
  try {
    const hold = holdDataFolder(openDataFolder(process.argv[1]))
    hold.announce('http://127.0.0.1:1234')
    console.log('held')
    setInterval(() => hold.token, 1000)
  } catch (error) {
    console.log(error.code)
  }
`

function holder(folder: string): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = new Promise<string>((resolve) => {
    child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()))
  })
  return { child, said }
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

it('closes folder and owner file to everybody but their user', () => {
  const folder = openDataFolder(join(newFolder(), 'data'))
  const hold = holdDataFolder(folder)
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  expect([mode(folder.path), mode(folder.owner), mode(folder.lock)]).toEqual(['700', '600', '600'])
  expect(readFolderOwner(folder)).toEqual({ pid: process.pid, url: null, token: hold.token })
  hold.announce('http://127.0.0.1:8600')
  expect([mode(folder.owner), readFolderOwner(folder)?.url]).toEqual(['600', 'http://127.0.0.1:8600'])
  hold.release()
  expect(readFolderOwner(folder)).toBeUndefined()
})

it('refuses a folder that another process holds, by its process and address', async () => {
  const folder = openDataFolder(newFolder())
  const { child, said } = holder(folder.path)
  expect(await said).toBe('held')
  expect(() => holdDataFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'REGISTRY_OWNED',
      details: { folder: folder.path, pid: child.pid, url: 'http://127.0.0.1:1234' },
    }),
  )
})

it('takes over from a process that was killed, though its owner file is still there', async () => {
  const folder = openDataFolder(newFolder())
  const { child, said } = holder(folder.path)
  await said
  await killed(child)
  const stale = readFileSync(folder.owner, 'utf8')
  const hold = holdDataFolder(folder)
  expect(readFileSync(folder.owner, 'utf8')).not.toBe(stale)
  hold.release()
})

it('does not believe an owner file whose process number a stranger has now', () => {
  const folder = openDataFolder(newFolder())
  writeFileSync(folder.owner, JSON.stringify({ pid: process.ppid, url: null, token: 'x' }))
  holdDataFolder(folder).release()
})

it('gives a stale folder to exactly one of five processes that want it at once', async () => {
  const folder = openDataFolder(newFolder())
  const dead = holder(folder.path)
  await dead.said
  await killed(dead.child)
  const answers = await Promise.all(Array.from({ length: 5 }, () => holder(folder.path).said))
  expect(answers.sort()).toEqual([...Array(4).fill('REGISTRY_OWNED'), 'held'])
})

it('refuses a folder that holds other things, and leaves its mode as it is', () => {
  const folder = newFolder()
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'thesis.odt'), '')
  expect(() => openDataFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'REGISTRY_FOLDER_UNUSABLE',
      message: expect.stringContaining('other things'),
    }),
  )
  expect(statSync(folder).mode & 0o777).toBe(0o755)
})

it('refuses a folder that cannot be made, and says why', () => {
  const file = join(newFolder(), 'file')
  writeFileSync(file, '')
  expect(() => openDataFolder(join(file, 'data'))).toThrow(
    expect.objectContaining({ code: 'REGISTRY_FOLDER_UNUSABLE' }),
  )
})
