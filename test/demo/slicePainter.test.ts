import { describe, expect, it } from 'vitest'
import { paintEllipse, paintShape, polygonChord, type SliceImage } from '../../src/demo/slicePainter.ts'

const empty = (): SliceImage => ({
  columns: 80,
  rows: 70,
  pixel: 0.5,
  firstX: -20,
  firstY: -17,
  hu: new Float32Array(80 * 70),
})
const sums = ({ hu, columns, pixel, firstX, firstY }: SliceImage) => {
  let [area, x, y] = [0, 0, 0]
  hu.forEach((value, at) => {
    area += value
    x += value * (firstX + (at % columns) * pixel)
    y += value * (firstY + Math.floor(at / columns) * pixel)
  })
  return { area: area * pixel ** 2, x: x / area, y: y / area }
}

describe('paintShape', () => {
  it('covers an ellipse by its area and centre, turned or not', () => {
    for (const angle of [0, 0.4, -1.1]) {
      const image = empty()
      paintEllipse(image, { x: 1.23, y: -2.31, rx: 9.1, ry: 5.3, angle }, 1)
      const { area, x, y } = sums(image)
      // four exact chords per pixel row: the rest is the curvature between them
      expect(Math.abs(area / (Math.PI * 9.1 * 5.3) - 1)).toBeLessThan(1e-3)
      expect(Math.abs(x - 1.23)).toBeLessThan(0.002)
      expect(Math.abs(y + 2.31)).toBeLessThan(0.002)
      expect(Math.max(...image.hu)).toBe(1)
    }
  })

  it('covers a turned square by its area and centre', () => {
    const image = empty()
    const corners = [0.3, 1.8708, 3.4416, 5.0124].map(
      (angle) => [3 + 8 * Math.cos(angle), 2 + 8 * Math.sin(angle)] as const,
    )
    paintShape(image, 'x', -7, 11, polygonChord(corners), 1)
    const { area, x, y } = sums(image)
    // corners fall between the four lines of a row
    expect(Math.abs(area / 128 - 1)).toBeLessThan(2e-3)
    expect(Math.hypot(x - 3, y - 2)).toBeLessThan(0.01)
  })

  it('paints the same band along columns as along rows, and cuts at the image edge', () => {
    const image = empty()
    paintShape(
      image,
      'y',
      -100,
      100,
      (_, into) => {
        into[0] = -3.1
        into[1] = 4.2
      },
      1,
    )
    // 80 columns of half a millimetre
    expect(sums(image).area).toBeCloseTo(40 * 7.3, 3)
  })
})
