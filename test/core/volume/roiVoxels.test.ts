import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { cross, normalize } from '../../../src/core/geometry/vector.ts'
import type { EllipticalCylinder, MaskRoi, PolygonPrism, Roi } from '../../../src/core/volume/roi.ts'
import { forEachRoiVoxel, roiVolumeMm3, shareBeyondGrid } from '../../../src/core/volume/roiVoxels.ts'
import { grid, storedOtherwise, volumeOf } from './syntheticVolume.ts'

const count = (geometry: ReturnType<typeof grid>, roi: Roi) => {
  let n = 0
  forEachRoiVoxel(geometry, roi, () => {
    n++
  })
  return n
}

const cylinder = (over: Partial<EllipticalCylinder> = {}): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center: lpsPoint(20, 20, 20),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [2, 1],
  height: 2,
  ...over,
})

const square = (thickness: number, z = 5): PolygonPrism => ({
  kind: 'polygonPrism',
  corners: [lpsPoint(2, 2, z), lpsPoint(6, 2, z), lpsPoint(6, 6, z), lpsPoint(2, 6, z)],
  normal: lpsVector(0, 0, 1),
  thickness,
})

describe('which voxels a ROI contains', () => {
  it('counts the centres on the surface of an elliptical cylinder', () => {
    // Lattice points with (x/2)² + y² ≤ 1: five on the long axis and (0, ±1); slices −1, 0, 1.
    expect(count(grid([41, 41, 41]), cylinder())).toBe(7 * 3)
  })

  it('leaves out a centre that lies 0.01 mm outside the surface', () => {
    expect(count(grid([41, 41, 41]), cylinder({ radii: [1.99, 1], height: 1.98 }))).toBe(5)
  })

  it('counts a square prism with its border', () => {
    expect(count(grid([12, 12, 12]), square(2))).toBe(5 * 5 * 3)
  })

  it('takes a concave polygon by the even-odd rule', () => {
    const l = {
      ...square(0.5),
      corners: [
        [2, 2],
        [6, 2],
        [6, 4],
        [4, 4],
        [4, 6],
        [2, 6],
      ].map(([x, y]) => lpsPoint(x!, y!, 5)),
    }
    expect(count(grid([12, 12, 12]), l)).toBe(25 - 4)
  })

  it('leaves the hole of a polygon that runs around it twice', () => {
    const ring = [
      [1, 1],
      [9, 1],
      [9, 9],
      [1, 9],
      [1, 1],
      [3, 3],
      [7, 3],
      [7, 7],
      [3, 7],
      [3, 3],
    ]
    const roi = { ...square(0.5), corners: ring.map(([x, y]) => lpsPoint(x!, y!, 5)) }
    // 9 × 9 less the 3 × 3 centres strictly inside the hole.
    // The bridge from (1, 1) to (3, 3) is walked there and back and encloses nothing.
    expect(count(grid([12, 12, 12]), roi)).toBe(81 - 9)
  })

  it.each([0, 10, 20, 45, 73])('gives the volume of a cylinder tilted by %i° to 1 %', (tilt) => {
    const angle = (tilt * Math.PI) / 180
    const normal = lpsVector(0, Math.sin(angle), Math.cos(angle))
    const lateral = normalize(lpsVector(1, 0.3 * Math.cos(angle), -0.3 * Math.sin(angle)))
    const roi = cylinder({ center: lpsPoint(16.1, 15.7, 16.4), normal, lateral, radii: [11, 8], height: 9 })
    const n = count(grid([80, 80, 64], [0.4, 0.4, 0.5]), roi)
    // About 31 000 voxels; those cut by the surface, 11 %, are in or out almost at random: ±0.3 %, three times.
    expect(Math.abs((n * 0.08) / roiVolumeMm3(roi) - 1)).toBeLessThan(0.01)
  })

  it('knows the volume of a tilted polygon prism', () => {
    // No small whole-number directions: lattice planes on a face would be in or out all at once.
    const along = normalize(lpsVector(1, 0.83, 0))
    const normal = normalize(cross(along, lpsVector(0.31, 0.2, 0.93)))
    const up = cross(normal, along)
    const at = (u: number, v: number) =>
      lpsPoint(20 + u * along[0] + v * up[0], 20 + u * along[1] + v * up[1], 20 + u * along[2] + v * up[2])
    const roi: PolygonPrism = {
      kind: 'polygonPrism',
      corners: [at(-6, -5), at(8, -5), at(0, 9)],
      normal,
      thickness: 7,
    }
    expect(roiVolumeMm3(roi)).toBeCloseTo((14 * 14 * 7) / 2, 9)
    const n = count(grid([80, 80, 80], [0.5, 0.5, 0.5]), roi)
    // 5 500 voxels, some 25 % at the surface: ±0.7 %, three times.
    expect(Math.abs((n * 0.125) / roiVolumeMm3(roi) - 1)).toBeLessThan(0.02)
  })

  it('visits the storage place that belongs to column, row and slice', () => {
    const geometry = grid([9, 8, 7])
    forEachRoiVoxel(geometry, square(40), (offset, i, j, k) => expect(offset).toBe(i + 9 * (j + 8 * k)))
    expect(count(geometry, square(40))).toBe(25 * 7)
  })

  it('clips at the grid and knows the share that is cut off', () => {
    const geometry = grid([41, 41, 20])
    const cut = cylinder({ center: lpsPoint(20, 20, 19), height: 4 })
    expect(count(geometry, cut)).toBe(7 * 3)
    expect(shareBeyondGrid(geometry, cut)).toBeCloseTo(2 / 5, 12)
    expect(shareBeyondGrid(geometry, cylinder({ center: lpsPoint(20, 20, 10) }))).toBe(0)
    expect(shareBeyondGrid(geometry, cylinder({ center: lpsPoint(20, 20, 100) }))).toBe(1)
  })

  it('answers within seconds for a ROI of two metres', () => {
    const huge = cylinder({ radii: [2000, 2000], height: 2000 })
    const started = performance.now()
    // The grid is a speck of 41³ mm³ in it.
    expect(shareBeyondGrid(grid([103, 103, 103], [0.4, 0.4, 0.4]), huge)).toBeGreaterThan(0.999)
    // Measured 0.1 s; far more than that on a busy machine, and hours without the stride.
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a mask as ROI', () => {
  const own = grid([6, 5, 4], [1, 1.5, 2], lpsPoint(-3, 4, 7))
  const inside = new Uint8Array(120)
  for (const at of [0, 7, 8, 44, 45, 119]) inside[at] = 1
  const mask: MaskRoi = { kind: 'mask', geometry: own, inside }

  it('is exactly its voxels on its own grid', () => {
    const seen: number[] = []
    forEachRoiVoxel(own, mask, (offset) => seen.push(offset))
    expect(seen).toEqual([0, 7, 8, 44, 45, 119])
  })

  it('keeps its voxels on a grid that is flipped, turned and shifted by whole voxels', () => {
    const volume = volumeOf(own, (_, at) => at)
    const turned = storedOtherwise(volume, [2, 0, 1], [true, false, true])
    const seen: number[] = []
    forEachRoiVoxel(turned.geometry, mask, (offset) => seen.push(turned.voxels[offset]!))
    expect(seen.sort((a, b) => a - b)).toEqual([0, 7, 8, 44, 45, 119])
  })

  it('takes the centres on the border of an inside voxel, from either side', () => {
    const one: MaskRoi = { kind: 'mask', geometry: grid([3, 3, 3]), inside: new Uint8Array(27) }
    one.inside[13] = 1 // the voxel from 0.5 to 1.5 along every axis
    expect(count(grid([7, 7, 7], [0.5, 0.5, 0.5]), one)).toBe(3 * 3 * 3)
    const flipped = storedOtherwise(
      volumeOf(grid([7, 7, 7], [0.5, 0.5, 0.5]), () => 0),
      [0, 1, 2],
      [true, true, true],
    )
    expect(count(flipped.geometry, one)).toBe(27)
  })

  it('holds nothing when it is empty', () => {
    expect(count(own, { kind: 'mask', geometry: own, inside: new Uint8Array(120) })).toBe(0)
  })

  it('has the volume of its voxels', () => {
    expect(roiVolumeMm3(mask)).toBe(6 * 3)
  })
})

describe('a ROI that is no body', () => {
  const bent: PolygonPrism = {
    ...square(1),
    corners: [...square(1).corners.slice(0, 3), lpsPoint(2, 6, 5.1)],
  }
  it.each<[string, Roi]>([
    ['not finite', cylinder({ center: lpsPoint(Number.NaN, 0, 0) })],
    ['normal is not a unit vector', cylinder({ normal: lpsVector(0, 0, 2) })],
    ['lateral is not a unit vector', cylinder({ lateral: lpsVector(0.9, 0, 0) })],
    ['lateral is not at right angles to normal', cylinder({ lateral: lpsVector(0.6, 0, 0.8) })],
    ['size out of range', cylinder({ radii: [0, 1] })],
    ['size out of range', cylinder({ height: 1e9 })],
    ['fewer than three corners', { ...square(1), corners: square(1).corners.slice(0, 2) }],
    ['corners are not in one plane', bent],
    ['mask does not fit its grid', { kind: 'mask', geometry: grid([2, 2, 2]), inside: new Uint8Array(7) }],
  ])('is refused: %s', (fault, roi) => {
    expect(() => count(grid([9, 9, 9]), roi)).toThrow(
      expect.objectContaining({ code: 'ROI_INVALID', details: { fault } }),
    )
  })
})
