import { describe, expect, it } from 'vitest'
import { blurImage, gaussianKernel } from '../../src/demo/gaussianBlur.ts'

describe('gaussianKernel', () => {
  it.each([0.2, 0.45, 0.5, 0.7, 1.3, 2])('has sum 1 and the variance asked for at SD %d', (sigma) => {
    const kernel = gaussianKernel(sigma)
    const radius = (kernel.length - 1) / 2
    const sum = kernel.reduce((total, weight) => total + weight, 0)
    const variance = kernel.reduce((total, weight, index) => total + weight * (index - radius) ** 2, 0)
    expect(sum).toBeCloseTo(1, 12)
    // sampling and cutting at 4 SD leave one part in a thousand
    expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(0.002)
  })
})

describe('blurImage', () => {
  it('spreads a point to the product of two kernels', () => {
    const [columns, rows] = [25, 31]
    const image = new Float32Array(columns * rows)
    image[15 * columns + 12] = 1
    const kernel = gaussianKernel(1.4)
    const radius = (kernel.length - 1) / 2
    blurImage(image, columns, rows, kernel, false)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const expected = (kernel[column - 12 + radius] ?? 0) * (kernel[row - 15 + radius] ?? 0)
        // float32 of numbers below 0.1
        expect(Math.abs(image[row * columns + column]! - expected)).toBeLessThan(1e-7)
      }
  })

  it('leaves a plain image as it is, with rows of another value kept apart from the edges', () => {
    const image = new Float32Array(16 * 12).fill(-1000)
    blurImage(image, 16, 12, gaussianKernel(1), false)
    expect(image.every((value) => value === -1000)).toBe(true)
    image.fill(50, 16 * 11)
    const kept = image.slice(0, 16 * 6)
    blurImage(image, 16, 12, gaussianKernel(1), false)
    expect(image.subarray(0, 16 * 6)).toEqual(kept)
    // the last row goes on below the image: 50 · (weights at and beyond 0) − 1000 · the rest
    const kernel = gaussianKernel(1)
    const above = kernel.slice(0, (kernel.length - 1) / 2).reduce((sum, weight) => sum + weight, 0)
    expect(image[16 * 12 - 1]!).toBeCloseTo(50 * (1 - above) - 1000 * above, 3)
  })

  it('keeps the sum of an image that wraps round', () => {
    const image = Float32Array.from({ length: 64 * 64 }, (_, index) => ((index * 7919) % 101) - 50)
    const before = image.reduce((sum, value) => sum + value, 0)
    blurImage(image, 64, 64, gaussianKernel(2.2), true)
    // float32 rounding of 4096 pixels
    expect(Math.abs(image.reduce((sum, value) => sum + value, 0) - before)).toBeLessThan(0.05)
  })
})
