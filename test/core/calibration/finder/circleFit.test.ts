import { describe, expect, it } from 'vitest'
import { fitCircle } from '../../../../src/core/calibration/finder/circleFit.ts'
import { drawnImage } from './drawnImage.ts'

describe('a circle fitted to an edge', () => {
  it.each([
    [31.37, 40.71, 7.43, 200],
    [58.02, 61.55, 9.9, -120],
    [44.4, 44.4, 6.05, 45],
  ])('finds the disc at (%d, %d) of radius %d and value %d', (x, y, radius, value) => {
    const image = drawnImage([{ x, y, radius, value }])
    const guess = { x: x + 1.1, y: y - 0.9, radius: radius + 0.8, isBright: value > 20 }
    const circle = fitCircle(image, guess)!
    // A tenth of a pixel in place; in radius the half-way point of a curved blurred edge lies a little inside.
    expect(Math.hypot(circle.x - x, circle.y - y)).toBeLessThan(0.12)
    expect(Math.abs(circle.radius - radius)).toBeLessThan(0.25)
    expect(circle.coverage).toBeGreaterThan(0.9) // a few directions fall to the trimming of outliers
    expect(circle.roughness).toBeLessThan(0.3) // a quarter of a pixel, interpolated linearly
    expect(circle.inside).toBeCloseTo(value, 0) // the blur's tail reaches 0.65 of the radius by less than 1 %
    expect(circle.around).toBeCloseTo(20, 0)
  })

  it('is not drawn away by a steeper edge close by', () => {
    const image = drawnImage([{ x: 60, y: 60, radius: 7, value: 60 }])
    for (let at = 0; at < image.values.length; at++) {
      if (Math.floor(at / 100) * 1.2 > 60 + 7 + 5) image.values[at] = -1000
    }
    const circle = fitCircle(image, { x: 60.5, y: 60, radius: 7.3, isBright: true })!
    expect(Math.hypot(circle.x - 60, circle.y - 60)).toBeLessThan(0.3) // a quarter of a pixel
    expect(Math.abs(circle.radius - 7)).toBeLessThan(0.3)
  })

  it('finds none where there is none', () => {
    expect(fitCircle(drawnImage([]), { x: 50, y: 50, radius: 7, isBright: true })).toBeNull()
    const bright = drawnImage([{ x: 60, y: 60, radius: 7, value: 160 }])
    expect(fitCircle(bright, { x: 60, y: 60, radius: 7, isBright: false })?.coverage ?? 0).toBeLessThan(0.5)
    expect(fitCircle(bright, { x: 5000, y: 60, radius: 7, isBright: true })).toBeNull()
  })
})
