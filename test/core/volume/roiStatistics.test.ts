import { describe, expect, it } from 'vitest'
import { indexPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { toLps } from '../../../src/core/geometry/volumeGeometry.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { cropCopy } from '../../../src/core/volume/downsample.ts'
import type { EllipticalCylinder, PolygonPrism, Roi } from '../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'
import { grid, randomStream, storedOtherwise, volumeOf } from './syntheticVolume.ts'

const box = (low: number, high: number): PolygonPrism => ({
  kind: 'polygonPrism',
  corners: [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
  ].map(([x, y]) => lpsPoint(x!, y!, 2)),
  normal: lpsVector(0, 0, 1),
  thickness: 0.5,
})

describe('the figures of a ROI', () => {
  const ramp = volumeOf(grid([10, 10, 5]), ([x]) => x)

  it('are those of a ramp', () => {
    const found = roiStatistics(ramp, box(1, 5), { percentiles: [0, 25, 90, 100], histogramBinWidth: hu(2) })
    expect(found).toEqual({
      n: 25,
      mean: 3,
      sd: Math.sqrt(50 / 24), // five each of −2 … 2 about the mean: Σ² = 50
      min: 1,
      max: 5,
      median: 3,
      percentiles: [1, 2, 5, 5],
      histogram: { low: 0, binWidth: 2, counts: [5, 10, 10] },
      padded: 0,
      outsideFraction: 0,
    })
  })

  it('follow a rescale with a fraction and a negative slope', () => {
    const rescaled = { ...ramp, rescale: { slope: -0.5, intercept: hu(10) } }
    const found = roiStatistics(rescaled, box(1, 5), { percentiles: [25] })
    expect([found.mean, found.min, found.max, found.percentiles[0]]).toEqual([8.5, 7.5, 9.5, 8])
    expect(found.sd).toBeCloseTo(Math.sqrt(50 / 24) / 2, 14)
  })

  it('leave padding out and count it', () => {
    const found = roiStatistics({ ...ramp, padding: { low: 4, high: 9 } }, box(1, 5))
    expect([found.n, found.padded, found.mean, found.max]).toEqual([15, 10, 2, 3])
  })

  it('leave out what is not a number in a float volume', () => {
    const holed = volumeOf(grid([10, 10, 5]), ([x, y]) => (y === 3 ? Number.NaN : x), 'float32')
    const found = roiStatistics(holed, box(1, 5))
    expect([found.n, found.padded, found.mean]).toEqual([20, 5, 3])
  })

  it('give no SD for a single voxel', () => {
    expect(roiStatistics(ramp, box(3.8, 4.2))).toMatchObject({ n: 1, mean: 4, sd: null, median: 4 })
  })

  it('keep every digit of a small SD far from zero', () => {
    const far = volumeOf(grid([10, 10, 5]), (_, at) => (at % 2 ? 30_001 : 30_000))
    // 100 voxels, half of each: SD = √(100·0.25/99)
    const all: Roi = { kind: 'mask', geometry: far.geometry, inside: new Uint8Array(500).fill(1, 0, 100) }
    expect(roiStatistics(far, all).sd).toBeCloseTo(Math.sqrt(25 / 99), 12)
  })

  it('refuse a ROI outside the scan, between the voxels, or over padding only', () => {
    const fails = (volume: CtVolume, roi: Roi) => {
      try {
        roiStatistics(volume, roi)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'none'
    }
    expect(fails(ramp, box(101, 105))).toBe('ROI_OUTSIDE_VOLUME')
    expect(fails(ramp, box(3.4, 3.6))).toBe('ROI_EMPTY')
    expect(fails({ ...ramp, padding: { low: 0, high: 9 } }, box(1, 5))).toBe('ROI_EMPTY')
  })
})

describe('the same ROI on the same body', () => {
  const random = randomStream(7)
  const geometry = grid([24, 20, 16], [0.7, 0.7, 1.25], lpsPoint(-31.3, 12.4, -7.7))
  const volume = volumeOf(geometry, () => Math.round(random() * 3000 - 1000))
  const tilted: EllipticalCylinder = {
    kind: 'ellipticalCylinder',
    center: toLps(geometry, indexPoint(11.3, 9.1, 7.6)),
    normal: lpsVector(0, 0.28, 0.96),
    lateral: lpsVector(1, 0, 0),
    radii: [6.1, 4.2],
    height: 9,
  }
  // Its surface passes exactly through voxel centres: the case in which rounding could decide.
  const exact: EllipticalCylinder = {
    ...tilted,
    center: toLps(geometry, indexPoint(11, 9, 7)),
    normal: lpsVector(0, 0, 1),
    radii: [7 * 0.7, 5 * 0.7],
    height: 6 * 1.25,
  }
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const

  it.each([
    ['tilted', tilted],
    ['through voxel centres', exact],
  ] as const)('gives the same figures to the last bit in all 48 ways of storing it (%s)', (_, roi) => {
    const truth = roiStatistics(volume, roi, { percentiles: [5, 95] })
    expect(truth.n).toBeGreaterThan(500)
    for (const order of orders) {
      for (let flips = 0; flips < 8; flips++) {
        const flip = [(flips & 1) > 0, (flips & 2) > 0, (flips & 4) > 0] as const
        const other = storedOtherwise(volume, order, flip)
        expect(roiStatistics(other, roi, { percentiles: [5, 95] })).toEqual(truth)
      }
    }
  })

  it('gives the same figures after cropping', () => {
    const crop = cropCopy(volume, tilted.center, [7, 6, 9])
    expect(crop.voxels.length).toBeLessThan(volume.voxels.length)
    expect(roiStatistics(crop, tilted)).toEqual(roiStatistics(volume, tilted))
  })

  it('gives the same figures when patient and ROI are turned together to prone and feet first', () => {
    const turn = ([x, y, z]: readonly [number, number, number]) => [-x, -y, z] as const
    const turned: CtVolume = {
      ...volume,
      geometry: {
        ...geometry,
        origin: lpsPoint(...turn(geometry.origin)),
        axes: geometry.axes.map((axis) => lpsVector(...turn(axis))) as unknown as typeof geometry.axes,
      },
    }
    const roi = {
      ...tilted,
      center: lpsPoint(...turn(tilted.center)),
      normal: lpsVector(...turn(tilted.normal)),
      lateral: lpsVector(...turn(tilted.lateral)),
    }
    expect(roiStatistics(turned, roi)).toEqual(roiStatistics(volume, tilted))
  })
})
