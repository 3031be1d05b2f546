import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { cross, normalize } from '../../../src/core/geometry/vector.ts'
import { hu, mm } from '../../../src/core/units.ts'
import { coarseCopy, cropCopy } from '../../../src/core/volume/downsample.ts'
import { reslicePlane } from '../../../src/core/volume/reslice.ts'
import { createSampler } from '../../../src/core/volume/sampling.ts'
import { grid, storedOtherwise, volumeOf } from './syntheticVolume.ts'

const linear = ([x, y, z]: readonly [number, number, number]) => 3 * x - 2 * y + 5 * z + 7
const geometry = grid([12, 10, 8], [0.5, 0.8, 2], lpsPoint(-3, 4, 10))
const volume = volumeOf(geometry, linear, 'float32')

describe('a sample between voxel centres', () => {
  it('is exact for a linear field, however the volume is stored', () => {
    for (const stored of [volume, storedOtherwise(volume, [2, 0, 1], [true, false, true])]) {
      const { at, atLps } = createSampler(stored)
      for (const p of [
        lpsPoint(-2.9, 5.3, 11.1),
        lpsPoint(-3, 4, 10),
        lpsPoint(2.5, 11.2, 24),
        lpsPoint(1, 9, 20),
      ]) {
        expect(at(p)).toBeCloseTo(linear(p), 5) // float32 voxels of about 100
        expect(atLps(p[0], p[1], p[2])).toBe(at(p))
      }
    }
  })

  it('applies slope and intercept', () => {
    const rescaled = { ...volume, rescale: { slope: -2, intercept: hu(100) } }
    expect(createSampler(rescaled).atIndex(1.5, 2, 3)).toBeCloseTo(
      100 - 2 * createSampler(volume).atIndex(1.5, 2, 3),
      9,
    )
  })

  it('holds the outermost value for half a voxel and is NaN beyond', () => {
    const { atIndex } = createSampler(volume)
    expect(atIndex(-0.5, 0, 0)).toBe(atIndex(0, 0, 0))
    expect(atIndex(11.5, 9.5, 7.5)).toBe(atIndex(11, 9, 7))
    for (const outside of [
      [-0.51, 0, 0],
      [0, 9.51, 0],
      [0, 0, 7.6],
      [Number.NaN, 0, 0],
    ] as const) {
      expect(atIndex(outside[0], outside[1], outside[2])).toBeNaN()
    }
  })

  it('is NaN where padding takes part, and not where its weight is 0', () => {
    const padded = volumeOf(grid([4, 4, 4]), ([x]) => (x === 2 ? -2000 : 40))
    const { atIndex } = createSampler({ ...padded, padding: { low: -2000, high: -2000 } })
    expect(atIndex(1.01, 1, 1)).toBeNaN()
    expect(atIndex(1, 1.5, 1.5)).toBe(40)
  })

  it('works on a single slice', () => {
    expect(createSampler(volumeOf(grid([3, 3, 1]), ([x]) => x)).atIndex(0.5, 1, 0.3)).toBe(0.5)
  })
})

describe('a resliced plane', () => {
  const normal = normalize(lpsVector(0.2, -0.3, 0.9))
  const right = normalize(cross(lpsVector(0, 1, 0), normal))
  const down = cross(normal, right)
  const center = lpsPoint(-0.3, 7.7, 17)

  it('shows a linear field exactly at every pixel, single or as a slab', () => {
    for (const slab of [0, 3]) {
      const image = reslicePlane(
        volume,
        { center, right, down },
        { pixelSpacing: mm(0.2), width: 7, height: 6, slab: mm(slab) },
      )
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 7; column++) {
          const [u, v] = [(column - 3) * 0.2, (row - 2.5) * 0.2]
          const point = center.map((x, axis) => x + u * right[axis]! + v * down[axis]!) as [
            number,
            number,
            number,
          ]
          expect(image.hu[row * 7 + column]).toBeCloseTo(linear(point), 4) // float32 twice
        }
      }
    }
  })

  it('is NaN outside the scan', () => {
    const far = { center: lpsPoint(100, 0, 0), right, down }
    const image = reslicePlane(volume, far, { pixelSpacing: mm(1), width: 3, height: 3 })
    expect(image.hu.every(Number.isNaN)).toBe(true)
  })
})

describe('a coarse copy', () => {
  it('keeps the world: a linear field stays what it is at the centres of whole blocks', () => {
    const coarse = coarseCopy(volume, mm(1.7))
    expect(coarse.geometry.size).toEqual([4, 5, 8]) // blocks of 3 × 2 × 1
    expect(coarse.geometry.spacing).toEqual([1.5, 1.6, 2])
    const { at } = createSampler(coarse)
    const p = lpsPoint(-0.25, 8.4, 17)
    expect(at(p)).toBeCloseTo(linear(p), 4) // float32
  })

  it('leaves padding out of the average and shows air where there is nothing else', () => {
    const padded = volumeOf(grid([4, 2, 1]), ([x]) => (x === 0 ? 60 : x === 1 ? -3000 : -3000))
    const coarse = coarseCopy({ ...padded, padding: { low: -3000, high: -3000 } }, mm(2))
    expect([...coarse.voxels]).toEqual([60, -1024])
  })

  it('keeps a last block that is not full', () => {
    expect([
      ...coarseCopy(
        volumeOf(grid([5, 1, 1]), ([x]) => x),
        mm(2),
      ).voxels,
    ]).toEqual([0.5, 2.5, 4])
  })
})

describe('a cropped copy', () => {
  it('holds the voxels around a point, in their places', () => {
    const crop = cropCopy(volume, lpsPoint(0, 8, 16), [1, 1, 4])
    expect(crop.geometry.size).toEqual([5, 3, 5])
    const { at } = createSampler(crop)
    const p = lpsPoint(0.7, 7.5, 13)
    expect(at(p)).toBeCloseTo(linear(p), 4) // float32
  })

  it('is cut at the scan, and empty outside it', () => {
    expect(cropCopy(volume, lpsPoint(-3, 4, 10), [1, 1, 4]).geometry.size).toEqual([3, 2, 3])
    expect(cropCopy(volume, lpsPoint(500, 4, 10), [1, 1, 4]).voxels).toHaveLength(0)
  })
})
