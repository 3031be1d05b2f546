import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { standardErrorOfMean } from '../../../src/core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'
import { correlatedNoise, rampNoise } from './correlatedNoise.ts'
import { grid, storedOtherwise, volumeOf } from './syntheticVolume.ts'

const SD = 20

/** A ROI of radii 12 × 8 pixels in the middle of a grid, over `slices` slices. */
const setting = (slices: number) => {
  const size = [44, 36, slices + 4] as const
  const middle = [21.6, 17.6, 2 + (slices - 1) / 2] as const
  const roi: EllipticalCylinder = {
    kind: 'ellipticalCylinder',
    center: lpsPoint(...middle),
    normal: lpsVector(0, 0, 1),
    lateral: lpsVector(1, 0, 0),
    radii: [12, 8],
    height: slices - 0.5,
  }
  return { geometry: grid(size), size, middle, roi }
}

function noisy(slices: number, sigma: readonly [number, number], seed: number, bow = 0) {
  const { geometry, size, middle, roi } = setting(slices)
  const field = correlatedNoise(size, sigma, seed)
  const anatomy = (x: number, y: number) => bow * (((x - middle[0]) / 12) ** 2 + (y - middle[1]) / 8)
  return { volume: volumeOf(geometry, ([x, y], at) => SD * field[at]! + anatomy(x, y), 'float32'), roi }
}

/** Root mean square of the stated standard error over the true SD of the mean, from repeated noise. */
function statedOverTrue(slices: number, sigma: readonly [number, number], runs: number) {
  let stated = 0
  let sum = 0
  let squares = 0
  for (let run = 0; run < runs; run++) {
    const { volume, roi } = noisy(slices, sigma, 31 * run + 5)
    stated += standardErrorOfMean(volume, roi).standardError ** 2
    const { mean } = roiStatistics(volume, roi)
    sum += mean
    squares += mean * mean
  }
  return Math.sqrt(stated / runs / ((squares - (sum * sum) / runs) / (runs - 1)))
}

describe('the standard error of a mean', () => {
  it('is SD/√n for white noise', () => {
    const { volume, roi } = noisy(7, [0, 0], 3)
    const found = standardErrorOfMean(volume, roi)
    // 2 135 voxels: the SD is known to 1.5 %, and a chance first ring can add or take a tenth.
    expect(Math.abs(found.standardError / (SD / Math.sqrt(found.n)) - 1)).toBeLessThan(0.12)
    expect(found.effectiveN / found.n).toBeGreaterThan(0.8)
    expect(found.correlationLength).toEqual({ inPlane: 0, throughSlices: 0 })
  })

  // The true SD of the mean is itself known from `runs` repeats only, to 1/√(2·runs) = 10 % for 50; the method's own
  // bias on such noise is within −10 % and +15 % (150 repeats of each case when it was made).
  it.each([
    [9, [0.5, 0], 50],
    [7, [1, 0], 50],
    [7, [1, 0.8], 50],
    [2, [1, 0], 50],
  ] as const)('is right on %i slices of noise with correlation %j', (slices, sigma, runs) => {
    const ratio = statedOverTrue(slices, sigma, runs)
    expect(ratio).toBeGreaterThan(0.75)
    expect(ratio).toBeLessThan(1.35)
  })

  it('gives credit for the slow waves that a ramp filter takes out of the noise', () => {
    const { geometry, size, roi } = setting(9)
    const means: number[] = []
    let stated = 0
    for (let run = 0; run < 50; run++) {
      const field = rampNoise(size, 1, 0.75, 31 * run + 5)
      const volume = volumeOf(geometry, (_, at) => SD * field[at]!, 'float32')
      stated += standardErrorOfMean(volume, roi).standardError ** 2 / 50
      means.push(roiStatistics(volume, roi).mean)
    }
    const variance = means.reduce((sum, mean) => sum + mean * mean, 0) / 50 // the true mean is 0
    // Known to 10 % from 50 repeats; the method's own bias is +4 %, and would be +100 % without the negative lobe.
    expect(Math.sqrt(stated / variance)).toBeGreaterThan(0.75)
    expect(Math.sqrt(stated / variance)).toBeLessThan(1.45)
  })

  it('grows with the correlation while the SD stays', () => {
    const [white, grainy] = (
      [
        [0, 0],
        [1.5, 0],
      ] as const
    ).map((sigma) => {
      const { volume, roi } = noisy(7, sigma, 11)
      return standardErrorOfMean(volume, roi)
    })
    expect(Math.abs(grainy!.noiseSd / white!.noiseSd - 1)).toBeLessThan(0.15) // few independent patches
    // A patch holds 4πσ² = 28 pixels: √28 = 5.3 times the error, here from a single ROI.
    expect(grainy!.standardError / white!.standardError).toBeGreaterThan(3)
    expect(grainy!.standardError / white!.standardError).toBeLessThan(9)
  })

  it('does not take smooth anatomy for noise', () => {
    const flat = noisy(7, [0.5, 0], 21)
    const bowed = noisy(7, [0.5, 0], 21, 60)
    const [without, withBow] = [flat, bowed].map(
      ({ volume, roi }) => standardErrorOfMean(volume, roi).standardError,
    )
    expect(withBow).toBeCloseTo(without!, 3) // a surface of order 2 is taken away to rounding in float32
  })

  it('is the same however the volume is stored', () => {
    const { volume, roi } = noisy(5, [1, 0.6], 8)
    const truth = standardErrorOfMean(volume, roi)
    for (const [order, flip] of [
      [
        [2, 0, 1],
        [true, false, true],
      ],
      [
        [1, 0, 2],
        [false, true, true],
      ],
    ] as const) {
      const other = standardErrorOfMean(storedOtherwise(volume, order, flip), roi)
      expect(other.standardError).toBeCloseTo(truth.standardError, 9) // sums in another order
      expect(other.correlationLength).toEqual(truth.correlationLength)
    }
  })

  it('is the SD itself below ten voxels, and refused for one', () => {
    const { volume, roi } = noisy(5, [0, 0], 4)
    const tiny = { ...roi, radii: [1.2, 1.2] as const, height: 0.5 }
    const found = standardErrorOfMean(volume, tiny)
    expect(found.n).toBeLessThan(10)
    expect(found.standardError).toBe(found.noiseSd)
    const one = { ...roi, radii: [0.6, 0.6] as const, height: 0.5 }
    expect(() => standardErrorOfMean(volume, one)).toThrow(
      expect.objectContaining({ code: 'ROI_TOO_FEW_VOXELS' }),
    )
  })

  it('is 0 where every voxel is the same', () => {
    const { geometry, roi } = setting(3)
    const found = standardErrorOfMean(
      volumeOf(geometry, () => 55),
      roi,
    )
    expect(found.standardError).toBeLessThan(1e-9) // rounding of the trend
    expect(found.noiseSd).toBeLessThan(1e-9)
  })
})
