import { describe, expect, it } from 'vitest'
import { sampleTissue } from '../../../../src/core/calibration/tissue/sampleTissue.ts'
import { lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { hu } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../../../src/core/volume/roi.ts'
import { codeOf, seededNormal } from '../seededNormal.ts'

const disc = (x: number, radius: number): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center: lpsPoint(x, 20, 5),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [radius, radius],
  height: 20,
})

/** Left of x = 40 one value, right of it another, with noise that no voxel shares. */
function twoTissues(noise: number): CtVolume {
  const normal = seededNormal(3)
  return {
    quantity: 'HU',
    voxels: Float32Array.from(
      { length: 80 * 40 * 10 },
      (_, at) => (at % 80 < 40 ? 50 : 56) + noise * normal(),
    ),
    rescale: { slope: 1, intercept: hu(0) },
    geometry: {
      size: [80, 40, 10],
      origin: lpsPoint(0, 0, 0),
      spacing: [1, 1, 1],
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
}

describe('sampleTissue', () => {
  it('is the mean of all voxels of all regions', () => {
    const sample = sampleTissue(twoTissues(0), 'skeletalMuscle', [disc(20, 5), disc(60, 10)])
    // Voxel centres in discs of 5 and 10 mm on a grid of 1 mm: 81 and 317 per slice (Gauss circle problem).
    expect(sample.meanHu).toBeCloseTo((81 * 50 + 317 * 56) / 398, 9)
    expect(sample.tissue).toBe('skeletalMuscle')
  })

  it('knows the mean better in two regions than in one', () => {
    const volume = twoTissues(20)
    const one = sampleTissue(volume, 'adipose', [disc(20, 8)])
    const both = sampleTissue(volume, 'adipose', [disc(20, 8), disc(60, 8)])
    // 1970 voxels of independent noise of 20 HU: 0.45 HU; the estimate scatters by some percent.
    expect(one.standardErrorHu).toBeGreaterThan(0.36)
    expect(one.standardErrorHu).toBeLessThan(0.54)
    expect(both.standardErrorHu / one.standardErrorHu).toBeGreaterThan(0.6)
    expect(both.standardErrorHu / one.standardErrorHu).toBeLessThan(0.85)
  })

  it('refuses a tissue without a region and a region without the scan', () => {
    const sampled = (rois: EllipticalCylinder[]) => () => sampleTissue(twoTissues(0), 'blood', rois)
    expect(codeOf(sampled([]))).toBe('TISSUE_SAMPLE_INVALID')
    expect(codeOf(sampled([disc(500, 5)]))).toBe('ROI_OUTSIDE_VOLUME')
  })
})
