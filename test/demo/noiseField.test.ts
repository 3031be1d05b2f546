import { describe, expect, it } from 'vitest'
import { noiseField } from '../../src/demo/noiseField.ts'

const [COLUMNS, ROWS, PIXEL] = [200, 180, 0.7]
const field = (spacingOverThickness: number, grainMm = 0.6) =>
  noiseField('test', { sdHu: 20, grainMm }, COLUMNS, ROWS, PIXEL, spacingOverThickness)
const slice = (from: ReturnType<typeof field>, index: number) => {
  const image = new Float32Array(COLUMNS * ROWS)
  from.addTo(image, index)
  return image
}
const correlation = (first: Float32Array, second: Float32Array, shift = 0) => {
  let [sum, a, b] = [0, 0, 0]
  for (let at = 0; at + shift < first.length; at++) {
    sum += first[at]! * second[at + shift]!
    a += first[at]! ** 2
    b += second[at + shift]! ** 2
  }
  return sum / Math.sqrt(a * b)
}
const sdOf = (images: readonly Float32Array[]) => {
  const squares = images.reduce(
    (sum, image) => sum + image.reduce((part, value) => part + value * value, 0),
    0,
  )
  return Math.sqrt(squares / (images.length * COLUMNS * ROWS))
}

describe('noiseField', () => {
  it('has the SD that was asked for, whatever the overlap', () => {
    for (const overlap of [1, 0.8, 0.5]) {
      const noise = field(overlap)
      const sd = sdOf(Array.from({ length: 12 }, (_, index) => slice(noise, index)))
      // 12 slices of 36 000 correlated pixels (about 8 each of one grain): SD known to 0.3 %, tested at 2 %
      expect(Math.abs(sd / 20 - 1)).toBeLessThan(0.02)
    }
  })

  it('joins neighbouring pixels as a Gaussian grain with its low frequencies thinned does', () => {
    const noise = field(1)
    const [s, loss] = [0.6 / PIXEL, 0.75]
    // autocorrelation of G(s) − c·G(√5·s), the second being the first blurred by twice s
    const part = (variance: number, lag: number) => Math.exp((-lag * lag) / (2 * variance)) / variance
    const model = (lag: number) =>
      part(2 * s * s, lag) - 2 * loss * part(6 * s * s, lag) + loss * loss * part(10 * s * s, lag)
    for (const lag of [1, 2, 4]) {
      let mean = 0
      for (let index = 0; index < 8; index++) {
        const image = slice(noise, index)
        mean += correlation(image, image, lag) / 8
      }
      // sampling on pixels changes the continuous model by a few hundredths
      expect(Math.abs(mean - model(lag) / model(0))).toBeLessThan(0.04)
    }
  })

  it('is independent between slices that touch, and shared by those that overlap', () => {
    const meanOf = (noise: ReturnType<typeof field>, distance: number) => {
      let mean = 0
      for (let index = 0; index < 10; index++)
        mean += correlation(slice(noise, index), slice(noise, index + distance)) / 10
      return mean
    }
    // 10 pairs of about 5000 independent grains: standard error 0.0045
    expect(Math.abs(meanOf(field(1), 1))).toBeLessThan(0.03)
    expect(Math.abs(meanOf(field(0.6), 1) - 0.4)).toBeLessThan(0.03)
    expect(Math.abs(meanOf(field(0.6), 2))).toBeLessThan(0.03)
  })

  it('gives a slice the same noise again, and no noise at SD 0', () => {
    expect(slice(field(1), 3)).toEqual(slice(field(1), 3))
    const silent = noiseField('test', { sdHu: 0, grainMm: 0.6 }, COLUMNS, ROWS, PIXEL, 1)
    const image = new Float32Array(COLUMNS * ROWS).fill(7)
    silent.addTo(image, 0)
    expect(image.every((value) => value === 7)).toBe(true)
  })
})
