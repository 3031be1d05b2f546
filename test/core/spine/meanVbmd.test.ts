import { describe, expect, it } from 'vitest'
import { type LevelDensity, meanVbmd } from '../../../src/core/spine/meanVbmd.ts'
import { mgPerCm3, type VertebralLevel } from '../../../src/core/units.ts'

const density = (level: VertebralLevel, vbmd: number, rest: Partial<LevelDensity> = {}): LevelDensity => ({
  level,
  mineral: 'K2HPO4',
  vbmd: mgPerCm3(vbmd),
  noiseStandardUncertainty: mgPerCm3(1),
  calibrationStandardUncertainty: mgPerCm3(2),
  ...rest,
})

describe('meanVbmd', () => {
  it('means the levels, each counting once', () => {
    const { mean, levels } = meanVbmd([density('L1', 100), density('L2', 110), density('L3', 135)])
    expect(mean).toBeCloseTo(115, 12)
    expect(levels).toEqual(['L1', 'L2', 'L3'])
  })

  it('lets noise average out and keeps the doubt that the levels share', () => {
    const { uncertainty } = meanVbmd([density('L1', 100), density('L2', 110)])
    // Noise √(1 + 1)/2, calibration 2, 95 %.
    expect(uncertainty).toBeCloseTo(1.96 * Math.hypot(Math.SQRT1_2, 2), 12)
  })

  it('gives no mean of fewer than two vertebrae, and says so', () => {
    const { mean, uncertainty, warnings } = meanVbmd([density('L1', 100)])
    expect(mean).toBeNull()
    expect(uncertainty).toBeNull()
    expect(warnings.map(({ code }) => code)).toEqual(['MEAN_NEEDS_TWO_LEVELS'])
    expect(warnings[0]!.details).toEqual({ found: 1, required: 2 })
  })

  it('never means two mineral scales', () => {
    const { mean, warnings } = meanVbmd([density('L1', 100), density('L2', 100, { mineral: 'HA' })])
    expect(mean).toBeNull()
    expect(warnings.map(({ code }) => code)).toEqual(['MEAN_MIXES_MINERALS'])
  })
})
