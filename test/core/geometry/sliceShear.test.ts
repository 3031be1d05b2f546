import { describe, expect, it } from 'vitest'
import { isStraight, measureSliceShear } from '../../../src/core/geometry/sliceShear.ts'

describe('measureSliceShear', () => {
  it('finds the angle of a shear along both in-plane directions', () => {
    const shear = measureSliceShear([0, 2, 4], [0, 0.6, 1.2], [5, 4.2, 3.4])
    // Slopes 0.3 and −0.4: the shear runs 0.5 mm sideways per mm.
    expect(shear.tilt).toBeCloseTo((Math.atan(0.5) * 180) / Math.PI, 12)
    expect(shear.offLine).toBeCloseTo(0, 12)
    expect(shear.reach[0]).toBeCloseTo(1.2, 12)
    expect(shear.reach[1]).toBeCloseTo(1.6, 12)
  })

  it('tells a jump from a tilt', () => {
    const shear = measureSliceShear([0, 1, 2, 3], [0, 0, 4, 0], [0, 0, 0, 0])
    expect(shear.offLine).toBeGreaterThan(2)
  })

  it('takes a drift for straight up to a quarter pixel and not beyond', () => {
    const drift = (reach: number) => measureSliceShear([0, 1, 2], [0, 0, 0], [0, reach / 2, reach])
    expect(isStraight(drift(0.24), 1, 1)).toBe(true)
    expect(isStraight(drift(0.26), 1, 1)).toBe(false)
    expect(isStraight(drift(0.26), 0.5, 2)).toBe(true) // along columns the row spacing counts
  })
})
