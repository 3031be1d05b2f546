import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { createSampler } from '../../../src/core/volume/sampling.ts'
import { findAorta } from '../../../src/segmentation/tissue/findAorta.ts'
import type { SpineCourse } from '../../../src/segmentation/tissue/spineCourse.ts'
import { seededNormal } from '../../core/calibration/seededNormal.ts'

/** Discs of soft tissue in fat before a vertebral body at the middle of the world: a made-up retroperitoneum. */
interface Disc {
  readonly x: (z: number) => number
  readonly y: number
  readonly radius: number
  readonly hu: number
  readonly from?: number
  readonly to?: number
}

const course: SpineCourse = {
  from: -40,
  to: 40,
  at: () => ({ x: 0, y: 0, front: 17, halfWidth: 22 }),
}

function sceneOf(discs: readonly Disc[], noise = 15) {
  const normal = seededNormal(11)
  const [ni, nj, nk] = [100, 100, 28]
  const voxels = new Float32Array(ni * nj * nk)
  for (let k = 0, at = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) {
        const [x, y, z] = [i - 50, j - 75, 3 * k - 40.5]
        let value = -100
        if ((x / 22) ** 2 + (y / 17) ** 2 < 1) value = 180
        for (const disc of discs) {
          const isThere = z >= (disc.from ?? -99) && z <= (disc.to ?? 99)
          if (isThere && Math.hypot(x - disc.x(z), y - disc.y) < disc.radius) value = disc.hu
        }
        voxels[at] = value + noise * normal()
      }
    }
  }
  const volume: CtVolume = {
    quantity: 'HU',
    voxels,
    rescale: { slope: 1, intercept: hu(0) },
    geometry: {
      size: [ni, nj, nk],
      origin: lpsPoint(-50, -75, -40.5),
      spacing: [1, 1, 3],
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
  return findAorta(createSampler(volume), course, [-39, 39], () => {})
}

const aorta = (ctNumber: number): Disc => ({ x: (z) => 8 + 0.1 * z, y: -30, radius: 9, hu: ctNumber })
const cava: Disc = { x: () => -18, y: -27, radius: 9, hu: 40 }

describe('findAorta', () => {
  it.each([40, 150, 400])('follows a slanting vessel of %i HU beside the vena cava', (ctNumber) => {
    const path = sceneOf([aorta(ctNumber), cava])
    expect(path.length).toBeGreaterThan(20)
    // The lattice has steps of 2 mm: a node lies up to 1.4 mm off, and a circle about it fits so much smaller.
    for (const { x, y, z } of path) expect(Math.hypot(x - 8 - 0.1 * z, y + 30)).toBeLessThan(2.5)
    const radii = path.map(({ radius }) => radius).sort((a, b) => a - b)
    // The region takes the median of its run: it may be small, not larger than the vessel and its 1 mm pixel.
    expect(radii[Math.floor(radii.length / 2)]).toBeLessThanOrEqual(10)
    expect(radii[Math.floor(radii.length / 2)]).toBeGreaterThanOrEqual(6.5)
  })

  it('does not take a round loop of bowel for it that ends after 15 mm', () => {
    expect(sceneOf([{ ...aorta(40), from: -8, to: 7 }])).toEqual([])
  })

  it('finds none in fat alone', () => {
    expect(sceneOf([])).toEqual([])
  })
})
