import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { hu } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import { tissueSamples } from '../../../../src/exam/pipeline/routes/tissueSamples.ts'

/** 60 × 20 × 20 voxels of 1 mm: 50 HU on the right half, 60 HU on the left. */
const volume: CtVolume = {
  quantity: 'HU',
  voxels: Int16Array.from({ length: 60 * 20 * 20 }, (_, at) => (at % 60 < 30 ? 50 : 60)),
  rescale: { slope: 1, intercept: hu(0) },
  geometry: {
    size: [60, 20, 20],
    origin: lpsPoint(0, 0, 0),
    spacing: [1, 1, 1],
    axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  },
}
const region = (x: number, heightMm: number | null = null) => ({
  tissue: 'skeletalMuscle' as const,
  centerLps: [x, 10, 10] as [number, number, number],
  radiusMm: 4,
  heightMm,
})

it('measures several regions of one tissue together, each by its voxels', () => {
  expect(tissueSamples(volume, [region(15)])).toMatchObject([{ tissue: 'skeletalMuscle', meanHu: 50 }])
  expect(tissueSamples(volume, [region(15), region(45)])[0]?.meanHu).toBe(55)
  // Slices 2 to 18 against 9 to 11: 17 of 20 parts at 50 HU.
  expect(tissueSamples(volume, [region(15, 16), region(45, 2)])[0]?.meanHu).toBeCloseTo(51.5, 9)
})

it('gives tissues in one order, whatever the order of their regions', () => {
  const air = { ...region(45), tissue: 'air' as const }
  expect(tissueSamples(volume, [region(15), air]).map(({ tissue }) => tissue)).toEqual([
    'air',
    'skeletalMuscle',
  ])
})

it('refuses a region outside the scan', () => {
  expect(() => tissueSamples(volume, [region(200)])).toThrow(
    expect.objectContaining({ code: 'ROI_OUTSIDE_VOLUME' }),
  )
})
