import { describe, expect, it } from 'vitest'
import { hashWords, seededRandom } from '../../src/demo/seededRandom.ts'

describe('seededRandom', () => {
  it('gives the same numbers for the same key and others for another', () => {
    const draw = (key: string) => Array.from({ length: 8 }, seededRandom(key).uniform)
    expect(draw('exam/1/0')).toEqual(draw('exam/1/0'))
    expect(draw('exam/1/0')).not.toEqual(draw('exam/1/1'))
  })

  it('draws uniform numbers with the moments of a uniform distribution', () => {
    const { uniform } = seededRandom('uniform')
    const drawn = Array.from({ length: 100_000 }, uniform)
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
    const square = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length
    // 5 standard errors of the mean of 10⁵ uniform numbers: 5 · 0.2887 / √10⁵
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0046)
    expect(Math.abs(square - 1 / 3)).toBeLessThan(0.0048)
  })

  it('draws normal numbers with mean 0, SD 1 and kurtosis 3', () => {
    const { gaussian } = seededRandom('gaussian')
    const drawn = Array.from({ length: 100_000 }, gaussian)
    const moment = (power: number) => drawn.reduce((sum, value) => sum + value ** power, 0) / drawn.length
    // 5 standard errors: 1/√n, √(2/n), √(96/n)
    expect(Math.abs(moment(1))).toBeLessThan(0.016)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.023)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.155)
  })

  it('turns keys that differ in one letter into unlike words', () => {
    const bits = (a: number, b: number) => (a ^ b).toString(2).replaceAll(/[0-]/g, '').length
    const [first, second] = [hashWords('image/soft/1'), hashWords('image/soft/2')]
    const differing = first.reduce((sum, word, index) => sum + bits(word, second[index]!), 0)
    // half of 128 bits on average; 36 would be 5 SD (√32) below
    expect(differing).toBeGreaterThan(36)
  })
})
