import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { cross, dot, length, normalize, reject } from '../../../src/core/geometry/vector.ts'
import { toIndex, toLps, type VolumeGeometry, voxelCount } from '../../../src/core/geometry/volumeGeometry.ts'

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true })
const triple = fc.tuple(coordinate, coordinate, coordinate)
const spacing = fc.double({ min: 0.1, max: 10, noNaN: true })

/** Any grid with orthonormal axes, right-handed or not. */
const anyGrid = fc
  .tuple(triple, triple, triple, fc.tuple(spacing, spacing, spacing), fc.boolean())
  .filter(([, u, v]) => length(cross(lpsVector(...u), lpsVector(...v))) > 1)
  .map(([origin, u, v, step, isMirrored]): VolumeGeometry => {
    const first = normalize(lpsVector(...u))
    const second = normalize(reject(normalize(lpsVector(...v)), first))
    const third = cross(first, second)
    const last = isMirrored ? lpsVector(-third[0], -third[1], -third[2]) : third
    return { size: [4, 5, 6], origin: lpsPoint(...origin), spacing: step, axes: [first, second, last] }
  })

describe('a voxel grid in the world', () => {
  it('comes back to the same index through the world, for any grid', () => {
    fc.assert(
      fc.property(anyGrid, triple, (geometry, index) => {
        const back = toIndex(geometry, toLps(geometry, indexPoint(...index)))
        // World coordinates up to 20 000 mm hold 10⁻¹¹ mm; a voxel may be 0.1 mm, an axis 10⁻⁹ off unit length.
        for (const axis of [0, 1, 2]) expect(Math.abs(back[axis]! - index[axis]!)).toBeLessThan(1e-5)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('puts voxel (0, 0, 0) at the origin and its neighbours one spacing along the axes', () => {
    const geometry: VolumeGeometry = {
      size: [3, 4, 5],
      origin: lpsPoint(-10, 20, 30),
      spacing: [0.5, 0.7, 2],
      axes: [lpsVector(0, 1, 0), lpsVector(0, 0, -1), lpsVector(1, 0, 0)],
    }
    expect(toLps(geometry, indexPoint(0, 0, 0))).toEqual([-10, 20, 30])
    expect(toLps(geometry, indexPoint(2, 1, 3))).toEqual([-4, 21, 29.3])
    expect(voxelCount(geometry)).toBe(60)
  })
})

describe('vector products', () => {
  it('are right-handed and orthogonal', () => {
    expect(cross(lpsVector(1, 0, 0), lpsVector(0, 1, 0))).toEqual([0, 0, 1])
    const [a, b] = [lpsVector(1, 2, 3), lpsVector(-4, 0.5, 2)]
    expect(dot(cross(a, b), a)).toBeCloseTo(0, 12)
    expect(dot(reject(a, normalize(b)), b)).toBeCloseTo(0, 12)
  })
})
