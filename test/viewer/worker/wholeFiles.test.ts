import { describe, expect, it } from 'vitest'
import { KeptBlob } from '../../../src/dicom/keptBlob.ts'
import { WholeFiles } from '../../../src/viewer/worker/wholeFiles.ts'

const MIB = 2 ** 20
const file = (path: string, size = 10) => ({ path, blob: new Blob([new Uint8Array(size)]) })
const kept = async (whole: WholeFiles, files: ReturnType<typeof file>[]) =>
  (await whole.of(files)).map(({ blob }) => blob instanceof KeptBlob)

describe('files read whole', () => {
  it('keeps small files, and leaves empty and large ones to be read in parts', async () => {
    const files = [file('a'), file('empty', 0), file('large', 4 * MIB + 1)]
    expect(await kept(new WholeFiles(), files)).toEqual([true, false, false])
  })

  it('reads a file once, however often it is announced', async () => {
    const whole = new WholeFiles()
    whole.begin([file('a')])
    const [first] = await whole.of([file('a')])
    const [second] = await whole.of([file('a')])
    expect(second!.blob).toBe(first!.blob)
  })

  it('keeps no more than its budget', async () => {
    const files = Array.from({ length: 50 }, (_, n) => file(`${n}`, 4 * MIB))
    const verdicts = await kept(new WholeFiles(), files)
    expect(verdicts.filter(Boolean)).toHaveLength(48)
    expect(verdicts.slice(48)).toEqual([false, false])
  })

  it('leaves a file that cannot be read to whoever reads it next', async () => {
    const blob = new (class extends Blob {
      override arrayBuffer(): Promise<ArrayBuffer> {
        return Promise.reject(new DOMException('gone', 'NotReadableError'))
      }
    })([new Uint8Array(10)])
    const [given] = await new WholeFiles().of([{ path: 'a', blob }])
    expect(given!.blob).toBe(blob)
  })

  it('lets go of everything when released, also of what is still being read', async () => {
    const whole = new WholeFiles()
    const [read] = await whole.of([file('a')])
    const reading = whole.of([file('b')])
    whole.release()
    expect((read!.blob as KeptBlob).view(0, 1)).toBeUndefined()
    expect((await reading)[0]!.blob).not.toBeInstanceOf(KeptBlob)
  })
})
