import { describe, expect, it } from 'vitest'
import { isBeyondField } from '../../../../src/core/calibration/finder/fieldEdge.ts'
import type { PlaneImage } from '../../../../src/core/calibration/finder/planeImage.ts'

/** A picture of 2 mm pixels with soft tissue within a radius of its middle and air beyond. */
function picture(columns: number, rows: number, radius: number): PlaneImage {
  const values = new Float32Array(columns * rows)
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const away = 2 * Math.hypot(i - (columns - 1) / 2, j - (rows - 1) / 2)
      values[i + columns * j] = away <= radius ? 40 : -1000
    }
  }
  return { columns, rows, spacing: [2, 2], origin: [0, 0], values }
}

describe('the edge of the field', () => {
  it('is the circle inscribed in a whole field', () => {
    const whole = picture(101, 101, 100)
    expect(isBeyondField(whole, 160, 100, 10)).toBe(false)
    expect(isBeyondField(whole, 195, 100, 10)).toBe(true)
    expect(isBeyondField(whole, 165, 165, 10)).toBe(true) // in the corner, inside the picture
    expect(isBeyondField(whole, 165, 165, 10)).not.toBe(isBeyondField(picture(101, 101, 200), 165, 165, 10))
  })

  it('is the picture’s own where that is a part of a field', () => {
    const part = picture(101, 61, 50)
    expect(isBeyondField(part, 165, 100, 10)).toBe(false) // air, and no circle to be outside of
    expect(isBeyondField(part, 195, 60, 10)).toBe(true)
  })
})
