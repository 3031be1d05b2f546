import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { normalize } from '../../../src/core/geometry/vector.ts'
import { hu } from '../../../src/core/units.ts'
import { orientationLetters } from '../../../src/viewer/viewport/orientationLetters.ts'
import { samplePointer } from '../../../src/viewer/viewport/pointerSample.ts'
import { scaleBar } from '../../../src/viewer/viewport/scaleBar.ts'

it('names a direction by its letters, the largest part first, and leaves out what is hardly there', () => {
  expect(orientationLetters(lpsVector(1, 0, 0))).toBe('L')
  expect(orientationLetters(lpsVector(0, -1, 0))).toBe('A')
  expect(orientationLetters(normalize(lpsVector(0, 0.5, -0.9)))).toBe('FP')
  expect(orientationLetters(normalize(lpsVector(-1, 0.2, 0.1)))).toBe('R')
})

it('draws the longest round length that fits a quarter of the picture', () => {
  expect(scaleBar(0.5, 800)).toEqual({ lengthMm: 100, pixels: 200, label: '10 cm' })
  expect(scaleBar(0.1, 600).label).toBe('1 cm')
  expect(scaleBar(0.02, 600)).toMatchObject({ lengthMm: 2, label: '2 mm' })
})

it('reads the CT number of the nearest voxel as stored, and none outside, in padding or before it is read', () => {
  const voxels = new Int16Array([0, 100, 200, 300, 400, 500, 600, -2000])
  const ct = {
    quantity: 'HU' as const,
    voxels,
    rescale: { slope: 0.5, intercept: hu(-10) },
    padding: { low: -2000, high: -2000 },
    geometry: {
      size: [2, 2, 2] as const,
      spacing: [1, 1, 2] as const,
      origin: lpsPoint(10, 20, 30),
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)] as const,
    },
  }
  const volume = { id: 'v', ct }
  expect(samplePointer(volume, lpsPoint(10.6, 20.4, 31.1))).toMatchObject({ voxel: [1, 0, 1], hu: 240 })
  expect(samplePointer(volume, lpsPoint(11, 21, 32)).hu).toBeNull()
  expect(samplePointer(volume, lpsPoint(12, 20, 30)).hu).toBeNull()
  const half = { ...volume, arrived: { flags: new Uint8Array([1, 0]), count: 1 } }
  expect(samplePointer(half, lpsPoint(11, 20, 30)).hu).toBe(40)
  expect(samplePointer(half, lpsPoint(11, 20, 32)).hu).toBeNull()
})
