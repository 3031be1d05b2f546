import { describe, expect, it } from 'vitest'
import { insideDistance } from '../../../src/segmentation/tissue/insideDistance.ts'

/** Distance by looking at every node of a plane with a ring of outside round it. */
function bySearch(inside: Uint8Array, ni: number, nj: number, step: number, i: number, j: number): number {
  let least = Infinity
  for (let b = -1; b <= nj; b++) {
    for (let a = -1; a <= ni; a++) {
      const isInside = a >= 0 && b >= 0 && a < ni && b < nj && inside[a + ni * b] === 1
      if (!isInside) least = Math.min(least, step * Math.hypot(a - i, b - j))
    }
  }
  return least
}

describe('insideDistance', () => {
  it.each([
    [17, 11, 0.9],
    [5, 30, 0.6],
    [23, 23, 0.97],
  ])('is the distance to the nearest node outside, on %i × %i nodes', (ni, nj, share) => {
    let state = ni * 7919 + nj
    const inside = Uint8Array.from({ length: ni * nj }, () => {
      state = (state * 1664525 + 1013904223) % 2 ** 32
      return state / 2 ** 32 < share ? 1 : 0
    })
    const distance = insideDistance(inside, ni, nj, 1.5)
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++) {
        // Float32 holds seven digits.
        expect(distance[i + ni * j]).toBeCloseTo(bySearch(inside, ni, nj, 1.5, i, j), 4)
      }
    }
  })

  it('counts the end of the plane as outside', () => {
    const distance = insideDistance(new Uint8Array(49).fill(1), 7, 7, 2)
    expect([distance[0], distance[3 + 7 * 3], distance[3]]).toEqual([2, 8, 2])
  })
})
