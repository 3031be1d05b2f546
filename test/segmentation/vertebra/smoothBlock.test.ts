import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { seededRandom } from '../../../src/demo/seededRandom.ts'
import type { BodyBlock } from '../../../src/segmentation/vertebra/bodyBlock.ts'
import { bodyFrame } from '../../../src/segmentation/vertebra/bodyFrame.ts'
import { smoothBlock } from '../../../src/segmentation/vertebra/smoothBlock.ts'

// Lines are smoothed four at a time: no side is a multiple of four.
const size = [9, 7, 11] as const
const frame = bodyFrame(lpsPoint(0, 0, 0), lpsVector(0, 0, 1), lpsVector(0, -1, 0))
const blockOf = (data: Float32Array): BodyBlock => ({ frame, data, size, low: [0, 0, 0], step: 1 })

/** One sample as the definition gives it along s: the mean of the measured samples with Gaussian weights. */
function alongS(data: Float32Array, a: number, b: number, c: number, sigma: number): number {
  const plane = size[0] * size[1]
  let [sum, weight] = [0, 0]
  for (let other = 0; other < size[2]; other++) {
    const value = data[a + size[0] * b + plane * other]!
    if (Math.abs(other - c) > Math.ceil(3 * sigma) || Number.isNaN(value)) continue
    const share = Math.exp(-0.5 * ((other - c) / sigma) ** 2)
    sum += share * value
    weight += share
  }
  return sum / weight
}

describe('smoothBlock', () => {
  const { between } = seededRandom('smooth')
  const whole = Float32Array.from({ length: 9 * 7 * 11 }, () => between(-100, 300))

  it.each([
    ['measured everywhere', whole],
    ['with samples that were not measured', whole.map((value, at) => (at % 13 === 5 ? Number.NaN : value))],
  ])('gives the mean by Gaussian weights of a block %s', (_, data) => {
    const smooth = smoothBlock(blockOf(data), 0, 1.2).data
    for (let at = 0; at < data.length; at++) {
      if (Number.isNaN(data[at]!)) {
        expect(smooth[at]).toBeNaN()
        continue
      }
      const [a, b, c] = [at % 9, Math.floor(at / 9) % 7, Math.floor(at / 63)]
      // Single precision of numbers up to 300.
      expect(Math.abs(smooth[at]! - alongS(data, a, b, c, 1.2))).toBeLessThan(1e-4)
    }
  })

  it('smooths alike along u and v', () => {
    const point = new Float32Array(whole.length)
    point[4 + 9 * (3 + 7 * 5)] = 1000
    const { data } = smoothBlock(blockOf(point), 0.8, 0)
    const at = (a: number, b: number, c: number) => data[a + 9 * (b + 7 * c)]!
    const beside = Math.exp(-0.5 / 0.8 ** 2)
    expect(at(5, 3, 5) / at(4, 3, 5)).toBeCloseTo(beside, 5)
    // Along v the outermost tap falls off the block, and the others weigh more by exp(-0.5·(3/0.8)²)/2 = 4e-4.
    expect(at(4, 4, 5) / at(4, 3, 5)).toBeCloseTo(beside, 3)
    expect(at(4, 4, 5)).toBe(at(4, 2, 5))
    expect(at(4, 3, 6)).toBe(0)
  })
})
