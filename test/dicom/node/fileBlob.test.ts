import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FileBlob } from '../../../src/dicom/node/fileBlob.ts'
import { openPaths } from '../../../src/dicom/node/openPaths.ts'
import { readInstances } from '../../../src/dicom/readInstances.ts'
import { ctBytes, PIXELS } from '../dicomBytes.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qct-blob-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: string | Uint8Array): FileBlob {
  const path = join(folder, name)
  writeFileSync(path, content)
  return new FileBlob(path, statSync(path))
}

describe('FileBlob', () => {
  it('reads as the Blob of its bytes would', async () => {
    const text = Array.from({ length: 400_000 }, (_, n) => String.fromCharCode(97 + (n % 26))).join('')
    const [blob, plain] = [write('text', text), new Blob([text])]
    expect(blob.size).toBe(plain.size)
    for (const [start, end] of [
      [0, 10],
      [-7, undefined],
      [399_990, 1e9],
      [50, 20],
    ] as const) {
      expect(await blob.slice(start, end).text()).toBe(await plain.slice(start, end).text())
      expect(await blob.slice(3, -3).slice(start, end).text()).toBe(
        await plain.slice(3, -3).slice(start, end).text(),
      )
    }
    expect(await new Response(blob.stream()).text()).toBe(text)
    expect(await blob.bytes()).toEqual(await plain.bytes())
  })

  it('fills memory of its caller', () => {
    const target = new Uint8Array(5).fill(33)
    write('six', 'abcdef').slice(1).readInto(1, target.subarray(1, 4))
    expect(new TextDecoder().decode(target)).toBe('!cde!')
  })

  it.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    ['grew', (path) => writeFileSync(path, 'longer than before')],
    ['is shorter', (path) => writeFileSync(path, '')],
  ])('refuses a file that %s', async (_, change) => {
    const blob = write('changing', 'abcdef')
    change(join(folder, 'changing'))
    await expect(blob.bytes()).rejects.toMatchObject({ name: 'NotReadableError' })
  })

  it('brings pixels straight into shared memory', async () => {
    write('IM1', ctBytes())
    const { instances } = await readInstances(await openPaths([join(folder, 'IM1')]))
    const volume = new Int16Array(new SharedArrayBuffer(36 * 2))
    await instances[0]?.frames[0]?.decodeInto(volume.subarray(12, 24))
    expect(Array.from(volume)).toEqual([...new Array(12).fill(0), ...PIXELS, ...new Array(12).fill(0)])
  })

  it('fails by code when a file is gone before its pixels are read', async () => {
    write('IM2', ctBytes())
    const { instances } = await readInstances(await openPaths([join(folder, 'IM2')]))
    rmSync(join(folder, 'IM2'))
    const decoded = instances[0]?.frames[0]?.decodeInto(new Int16Array(12))
    await expect(decoded).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})
