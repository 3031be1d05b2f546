import { describe, expect, it } from 'vitest'
import type { DensityRoute } from '../../../src/core/calibration/calibrationRoute.ts'
import { type RouteValue, routeDisagreements } from '../../../src/core/calibration/routeDisagreements.ts'
import { mgPerCm3 } from '../../../src/core/units.ts'

const value = (
  route: DensityRoute,
  vbmd: number,
  { noise = 0.5, calibration = 1, mineral = 'K2HPO4' as RouteValue['mineral'] } = {},
): RouteValue => ({
  route,
  mineral,
  vbmd: mgPerCm3(vbmd),
  noise: mgPerCm3(noise),
  calibration: mgPerCm3(calibration),
})

describe('routes at one level', () => {
  it('disagree where they differ by more than the 95 % interval of the difference', () => {
    // 1.96·√(1² + 1²) = 2.772: the noise of the same voxels is the same in both.
    expect(routeDisagreements([value('in-scan', 100), value('asynchronous', 102.77)])).toEqual([])
    const [found] = routeDisagreements([value('in-scan', 100), value('asynchronous', 102.78)])
    expect(found).toMatchObject({ kind: 'differ', routes: ['in-scan', 'asynchronous'], crossedCuts: [] })
    expect(found).toMatchObject({
      difference: expect.closeTo(2.78, 9),
      joint: expect.closeTo(1.96 * Math.SQRT2, 9),
    })
  })

  it('join the noise of a second series in quadrature', () => {
    const both = [value('in-scan', 100, { noise: 3 }), value('dual-energy', 104, { noise: 3 })]
    // 1.96·√(1 + 1 + 9 + 9) = 8.8
    expect(routeDisagreements(both)).toEqual([])
    expect(routeDisagreements(both.map((one) => ({ ...one, noise: mgPerCm3(0) })))).toHaveLength(1)
  })

  it.each([
    [118, 123, [120]],
    [123, 118, [120]],
    [75, 125, [80, 120]],
    [120, 126, []],
    [115, 120, [120]],
  ])('of %d and %d lie on two sides of %j', (first, second, cuts) => {
    const [found] = routeDisagreements([value('in-scan', first), value('asynchronous', second)])
    expect(found).toMatchObject({ crossedCuts: cuts })
  })

  it('on other mineral scales are never subtracted', () => {
    const found = routeDisagreements([
      value('in-scan', 100, { mineral: 'HA' }),
      value('tissue-raw', 160),
      value('dual-energy', 100, { mineral: 'HA' }),
    ])
    expect(found).toEqual([
      { kind: 'other mineral scale', routes: ['in-scan', 'tissue-raw'] },
      { kind: 'other mineral scale', routes: ['tissue-raw', 'dual-energy'] },
    ])
  })
})
