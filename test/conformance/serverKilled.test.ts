import { expect, it } from 'vitest'
import { killAmongSaves } from '../server/killAmongSaves.ts'

// The unit test kills once, in the middle; here at the first save, early, late and at the last but one.
it.each([1, 4, 13, 16])(
  'loses nothing it acknowledged when the server is killed after %i of 20 saves',
  async (killAfter) => {
    const { acknowledged, found } = await killAmongSaves(killAfter)
    expect([...acknowledged].filter((save) => !found.has(save))).toEqual([])
  },
)
