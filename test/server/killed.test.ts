import { expect, it } from 'vitest'
import { killAmongSaves } from './killAmongSaves.ts'

it('loses nothing it acknowledged when it is killed in the middle of 20 saves', async () => {
  const { acknowledged, found, writers } = await killAmongSaves(9)
  expect([...acknowledged].filter((save) => !found.has(save))).toEqual([])
  // A save that was committed when its answer was lost may be there too: at most one per writer.
  expect(found.size - acknowledged.size).toBeLessThanOrEqual(writers)
})
