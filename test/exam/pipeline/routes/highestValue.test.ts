import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { hu } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../../../src/core/volume/roi.ts'
import { highestValue, voxelsAtTop } from '../../../../src/exam/pipeline/routes/highestValue.ts'

it('is the top of the scale, and voxels that reach it in a region are counted', () => {
  const voxels = new Int16Array(27).fill(100)
  voxels.set([4095, 4095], 13) // the middle voxel and its neighbour to the left
  const volume: CtVolume = {
    quantity: 'HU',
    voxels,
    rescale: { slope: 1, intercept: hu(-1024) },
    geometry: {
      size: [3, 3, 3],
      origin: lpsPoint(-1, -1, -1),
      spacing: [1, 1, 1],
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
  const region = (radius: number): EllipticalCylinder => ({
    kind: 'ellipticalCylinder',
    center: lpsPoint(0, 0, 0),
    normal: lpsVector(0, 0, 1),
    lateral: lpsVector(1, 0, 0),
    radii: [radius, radius],
    height: 1,
  })
  expect(highestValue(volume)).toBe(3071)
  expect(voxelsAtTop(volume, region(0.5))).toBe(1)
  expect(voxelsAtTop(volume, region(1.2))).toBe(2)
})
