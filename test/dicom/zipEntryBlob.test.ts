import { beforeAll, describe, expect, it } from 'vitest'
import { openArchives } from '../../src/dicom/openArchives.ts'
import { ZipEntryBlob } from '../../src/dicom/zipEntryBlob.ts'
import { zipBytes } from './zipBytes.ts'

const text = Array.from({ length: 5000 }, (_, n) => `line ${n * 7919}`).join('\n')
let blob: Blob

beforeAll(async () => {
  const zip = await zipBytes({ text: new TextEncoder().encode(text) })
  blob = (await openArchives([{ path: 'zip', blob: new Blob([zip]) }])).files[0]?.blob ?? new Blob([])
})

describe('ZipEntryBlob', () => {
  it('reads as the Blob of its bytes would', async () => {
    expect(blob).toBeInstanceOf(ZipEntryBlob)
    const plain = new Blob([text])
    expect(blob.size).toBe(plain.size)
    for (const [start, end] of [
      [0, 10],
      [100, 5000],
      [-20, undefined],
      [30_000, 1e9],
      [50, 20],
      [40_000, 40_000],
    ] as const) {
      expect(await blob.slice(start, end).text()).toBe(await plain.slice(start, end).text())
      expect(await blob.slice(10).slice(start, end).text()).toBe(
        await plain.slice(10).slice(start, end).text(),
      )
    }
  })

  it('streams its bytes', async () => {
    expect(await new Response(blob.stream()).text()).toBe(text)
    expect(await blob.bytes()).toEqual(new TextEncoder().encode(text))
  })

  it('lets a stream be given up half way', async () => {
    const reader = blob.stream().getReader()
    expect((await reader.read()).done).toBe(false)
    await reader.cancel()
    expect(await blob.slice(0, 6).text()).toBe('line 0')
  })
})
