import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { uniformityWarnings } from '../../../src/core/quality/voiUniformity.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'

const size = 31
const voi = {
  kind: 'ellipticalCylinder',
  center: lpsPoint(15, 15, 15),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [11, 8],
  height: 9,
} as const

/** 120 HU with noise of 20 HU from a fixed sequence, and a ball of another CT number in its middle. */
function marrow(ballRadius: number, ballHu: number): CtVolume {
  const voxels = new Int16Array(size ** 3)
  let state = 12345
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  for (let index = 0; index < voxels.length; index += 1) {
    const noise = 20 * Math.sqrt(12 / 4) * (next() + next() + next() + next() - 2) // SD 20: each share has variance 1/12
    const [i, j, k] = [index % size, Math.floor(index / size) % size, Math.floor(index / size ** 2)]
    voxels[index] = (Math.hypot(i - 15, j - 15, k - 15) <= ballRadius ? ballHu : 120) + noise
  }
  return {
    quantity: 'HU',
    voxels,
    rescale: { slope: 1, intercept: hu(0) },
    geometry: {
      size: [size, size, size],
      origin: lpsPoint(0, 0, 0),
      spacing: [1, 1, 1],
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
}

describe('uniformity of a VOI', () => {
  it('is not doubted for noise alone', () => {
    expect(uniformityWarnings(marrow(0, 120), voi)).toEqual([])
  })

  it.each([
    ['a bone island', 4, 900],
    ['a large vein', 6, -40],
  ])('is doubted for %s', (_, radius, ballHu) => {
    const [warning] = uniformityWarnings(marrow(radius, ballHu), voi)
    expect(warning?.code).toBe('VOI_NOT_UNIFORM')
  })

  it('is not doubted for an island too small to matter', () => {
    // Seven voxels of 900 HU among 2500 lift the mean by 2 HU.
    expect(uniformityWarnings(marrow(1, 900), voi)).toEqual([])
  })
})
