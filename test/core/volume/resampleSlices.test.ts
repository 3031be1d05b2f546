import { describe, expect, it } from 'vitest'
import { blendSlices, shiftSliceInPlace } from '../../../src/core/volume/resampleSlices.ts'

const PADDING = { low: -9, high: -9 }

/** A 3 × 2 slice 0 … 5 at the front of a slot for the larger grid. */
function slot(columns: number, rows: number, Kind: typeof Int16Array | typeof Float32Array = Float32Array) {
  const room = new Kind(columns * rows).fill(77)
  room.set([0, 1, 2, 3, 4, 5])
  return room
}

describe('shiftSliceInPlace', () => {
  it('moves whole pixels without changing a value', () => {
    const room = slot(4, 4)
    shiftSliceInPlace(room, [3, 2], [4, 4], [1, 2], PADDING)
    expect([...room]).toEqual([-9, -9, -9, -9, -9, -9, -9, -9, -9, 0, 1, 2, -9, 3, 4, 5])
  })

  it('is linear between rows for a fraction, and does not invent pixels beyond the scanned ones', () => {
    const room = slot(3, 3)
    shiftSliceInPlace(room, [3, 2], [3, 3], [0, 0.25], PADDING)
    // Grid row 1 lies a quarter row above scanned row 1: ¼·row 0 + ¾·row 1.
    expect([...room]).toEqual([-9, -9, -9, 2.25, 3.25, 4.25, -9, -9, -9])
  })

  it('is linear between columns for a fraction', () => {
    const room = slot(4, 2)
    shiftSliceInPlace(room, [3, 2], [4, 2], [0.5, 0], PADDING)
    expect([...room]).toEqual([-9, 0.5, 1.5, -9, -9, 3.5, 4.5, -9])
  })

  it('lets padding win over its neighbours and rounds stored integers', () => {
    const room = slot(3, 3, Int16Array)
    room[1] = -9
    shiftSliceInPlace(room, [3, 2], [3, 3], [0, 0.25], PADDING)
    expect([...room]).toEqual([-9, -9, -9, 2, -9, 4, -9, -9, -9])
  })

  it('keeps a linear field exact under any shift', () => {
    const [columns, rows] = [9, 7]
    const [gridColumns, gridRows] = [12, 11]
    const [di, dj] = [2.3, 3.6]
    const room = new Float32Array(gridColumns * gridRows)
    for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) room[j * columns + i] = 10 * i + 3 * j
    shiftSliceInPlace(room, [columns, rows], [gridColumns, gridRows], [di, dj], { low: -1e6, high: -1e6 })
    let measured = 0
    for (let t = 0; t < gridRows; t++)
      for (let s = 0; s < gridColumns; s++) {
        const value = room[t * gridColumns + s]!
        const [i, j] = [s - di, t - dj]
        const isInside = i >= 0 && i <= columns - 1 && j >= 0 && j <= rows - 1
        if (!isInside) expect(value).toBe(-1e6)
        else {
          expect(value).toBeCloseTo(10 * i + 3 * j, 4) // float32 of values up to 100
          measured++
        }
      }
    expect(measured).toBe((columns - 1) * (rows - 1))
  })
})

describe('blendSlices', () => {
  it('weighs the two slices and keeps padding', () => {
    const target = new Int16Array(4)
    blendSlices(target, Int16Array.of(0, 10, -9, 5), Int16Array.of(100, 20, 50, -9), 0.25, PADDING)
    expect([...target]).toEqual([25, 13, -9, -9]) // 12.5 rounds up
  })

  it('copies exactly with weight 0', () => {
    const target = new Uint16Array(3)
    const lower = Uint16Array.of(7, 65_535, 0)
    blendSlices(target, lower, lower, 0)
    expect(target).toEqual(lower)
  })
})
