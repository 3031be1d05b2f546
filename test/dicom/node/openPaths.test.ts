import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPaths } from '../../../src/dicom/node/openPaths.ts'
import { readInstances } from '../../../src/dicom/readInstances.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qct-open-'))
  mkdirSync(join(folder, 'study/b'), { recursive: true })
  for (const name of ['study/b/IM2', 'study/b/IM10', 'study/a.txt', 'study/Z'])
    writeFileSync(join(folder, name), name)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const paths = async (...names: string[]) =>
  (await openPaths(names.map((name) => join(folder, name)))).map(({ path }) => path)

describe('openPaths', () => {
  it('opens folders with everything in them, in one order on every machine', async () => {
    expect(await paths('study')).toEqual(['study/Z', 'study/a.txt', 'study/b/IM10', 'study/b/IM2'])
    expect(await paths('study/b/IM2', 'study/Z')).toEqual(['IM2', 'Z'])
  })

  it('gives blobs of the files', async () => {
    const [file] = await openPaths([join(folder, 'study/a.txt')])
    expect(await file?.blob.text()).toBe('study/a.txt')
  })

  it('enters a folder once, whatever links lead back to it', async () => {
    symlinkSync(folder, join(folder, 'study/b/up'))
    symlinkSync(join(folder, 'study'), join(folder, 'study/b/self'))
    const found = await paths('study')
    expect(found.filter((path) => path.endsWith('IM2'))).toHaveLength(1)
  })

  it('gives a link to nothing as a value that says so', async () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'study/dead'))
    const dead = (await openPaths([join(folder, 'study')])).find(({ path }) => path === 'study/dead')
    expect(dead?.error?.code).toBe('FILE_UNREADABLE')
    const { setAside } = await readInstances(dead === undefined ? [] : [dead])
    expect(setAside[0]?.error?.details).toEqual({ reason: 'ENOENT' })
  })

  it('refuses a path that does not exist', async () => {
    await expect(openPaths([join(folder, 'typo')])).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' })
  })

  it('reports a file that is gone when it is read', async () => {
    const files = await openPaths([join(folder, 'study/Z')])
    rmSync(join(folder, 'study/Z'))
    const { setAside } = await readInstances(files)
    expect(setAside[0]?.error?.code).toBe('FILE_UNREADABLE')
  })
})
