import { describe, expect, it } from 'vitest'
import { KeptBlob } from '../../src/dicom/keptBlob.ts'
import { readInstances } from '../../src/dicom/readInstances.ts'
import { ctBytes } from './dicomBytes.ts'

/** A file that counts how often anything of it is asked for. */
class CountedBlob extends Blob {
  asked = 0
  override slice(start?: number, end?: number): Blob {
    this.asked += 1
    return super.slice(start, end)
  }
}

async function opened(transferSyntax?: string) {
  const bytes = new Uint8Array(ctBytes({}, transferSyntax))
  const origin = new CountedBlob([bytes])
  const kept = new KeptBlob(origin, bytes)
  const { instances } = await readInstances([{ path: 'IM1', blob: kept }])
  const frame = instances[0]!.frames[0]!
  const pixels = async () => {
    const target = new Int16Array(frame.columns * frame.rows)
    await frame.decodeInto(target)
    return [...target]
  }
  return { origin, kept, bytes, pixels }
}

describe('a file kept in memory', () => {
  it('gives header and pixels without asking the file, and lets go once its frame was decoded', async () => {
    const { origin, kept, pixels } = await opened()
    const first = await pixels()
    expect(origin.asked).toBe(0)
    expect(kept.view(0, 4)).toBeUndefined()
    expect(await pixels()).toEqual(first)
    expect(origin.asked).toBe(1)
  })

  it('keeps its bytes while the same frame is being decoded twice', async () => {
    const { origin, kept, pixels } = await opened()
    const [one, other] = await Promise.all([pixels(), pixels()])
    expect(other).toEqual(one)
    expect(origin.asked).toBe(0)
    expect(kept.view(0, 4)).toBeUndefined()
  })

  it('keeps its bytes as they are when big endian words are swapped', async () => {
    const { bytes, pixels } = await opened('1.2.840.10008.1.2.2')
    const before = bytes.slice()
    // Both read the same memory: what one swapped in place the other would swap back.
    const [first, second] = await Promise.all([pixels(), pixels()])
    expect(second).toEqual(first)
    expect(before.length).toBeGreaterThan(bytes.length)
  })

  it('is read from the file when it was released before', async () => {
    const { origin, kept, pixels } = await opened()
    const { pixels: other } = await opened()
    kept.release()
    expect(await pixels()).toEqual(await other())
    expect(origin.asked).toBe(1)
  })
})
