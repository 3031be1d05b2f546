import { describe, expect, it } from 'vitest'
import { inFlight } from '../../src/dicom/inFlight.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('inFlight', () => {
  it('runs every task once, in order of starting', async () => {
    const started: number[] = []
    await inFlight(7, 3, async (n) => {
      started.push(n)
      await turn()
    })
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('waits for the tasks under way before it fails, and starts no more', async () => {
    const ended: number[] = []
    const run = inFlight(20, 3, async (n) => {
      if (n === 1) throw new Error('task 1')
      await turn()
      await turn()
      ended.push(n)
    })
    await expect(run).rejects.toThrow('task 1')
    expect(ended).toEqual([0, 2])
  })

  it('does nothing for nothing', async () => {
    await inFlight(0, 4, async () => {
      throw new Error('never called')
    })
  })
})
