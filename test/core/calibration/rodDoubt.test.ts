import { expect, it } from 'vitest'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { driftOf, placementSd } from '../../../src/core/calibration/rodDoubt.ts'
import { measureSample } from '../../../src/core/calibration/rodSample.ts'
import { ROD_SAMPLING } from '../../../src/core/calibration/rodSampling.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { hu, mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { seededNormal } from './seededNormal.ts'

/** A block of 1 mm voxels round the origin in tenths of a HU, so that storing hides nothing. */
function block(value: (x: number, y: number, z: number) => number): CtVolume {
  const [nx, ny, nz] = [25, 25, 61]
  const voxels = new Int16Array(nx * ny * nz)
  let at = 0
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) voxels[at++] = Math.round(10 * value(i - 12, j - 12, k - 30))
  return {
    quantity: 'HU',
    voxels,
    rescale: { slope: 0.1, intercept: hu(0) },
    geometry: {
      size: [nx, ny, nz],
      origin: lpsPoint(-12, -12, -30),
      spacing: [1, 1, 1],
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
}

function sampleOf(volume: CtVolume) {
  const found = {
    rod: phantomById('b-mas-200').rods[2]!,
    point: lpsPoint(0.2, -0.3, 0),
    direction: lpsVector(0, 0, 1),
    radius: mm(10),
    zRange: [-30, 30] as const,
  }
  const sample = measureSample(volume, found, {
    kind: 'ellipticalCylinder',
    center: found.point,
    normal: found.direction,
    lateral: lpsVector(1, 0, 0),
    radii: [7.3, 7.3],
    height: 30,
  })
  if (typeof sample === 'string') throw new Error(sample)
  return sample
}

const normal = seededNormal(5)
const noise = () => 12 * normal()

it('a gradient across the rod counts by how far the sample may be off', () => {
  const volume = block((x, y) => 100 + 1.2 * x - 0.5 * y)
  const stated = placementSd(volume, sampleOf(volume))
  // Voxels of 1 mm follow a shift of 0.3 mm in steps: a fifth of the change.
  expect(stated / (ROD_SAMPLING.placementSd * 1.3)).toBeGreaterThan(0.8)
  expect(stated / (ROD_SAMPLING.placementSd * 1.3)).toBeLessThan(1.2)
})

it('an even rod leaves little more than nothing, with noise as without', () => {
  const even = block(() => 100)
  expect(placementSd(even, sampleOf(even))).toBe(0)
  const noisy = block(() => 100 + noise())
  const sample = sampleOf(noisy)
  // The documented share of the noise, and a tenth for one draw's chance.
  expect(placementSd(noisy, sample)).toBeLessThan(0.5 * sample.standardError)
})

// A little noise, of which the sample's 5000 voxels leave 0.04 HU: without any, the slope itself is taken for noise.
it('a straight drift cancels round the vertebra and counts beside it', () => {
  const volume = block((_x, _y, z) => 100 + 0.4 * z + 3 * normal())
  const sample = sampleOf(volume)
  expect(Math.abs(driftOf(volume, sample, lpsPoint(0, 80, 0))!)).toBeLessThan(0.2)
  // 10 mm below the sample's middle the rod reads 4 HU less, to four standard errors of the gradient there.
  expect(Math.abs(driftOf(volume, sample, lpsPoint(0, 80, -10))! - 4)).toBeLessThan(0.3)
})

it('a curved drift counts where a straight one would cancel', () => {
  const volume = block((_x, _y, z) => 100 + 0.02 * z * z + 3 * normal())
  // The mean of 0.02·z² over ±15 mm, which its middle has not: 0.02·30²/12, to four standard errors.
  expect(Math.abs(driftOf(volume, sampleOf(volume), lpsPoint(0, 80, 0))! - 1.5)).toBeLessThan(0.25)
})

it('noise alone is not taken for drift', () => {
  const drifts = Array.from({ length: 40 }, () => {
    const volume = block(() => 100 + noise())
    const sample = sampleOf(volume)
    return driftOf(volume, sample, lpsPoint(0, 80, 0))! / sample.standardError
  })
  // Of the expected 0.33 of a variance times (4/3)², its scatter over 40 draws within a factor of two.
  const meanSquare = drifts.reduce((sum, drift) => sum + drift ** 2, 0) / drifts.length
  expect(meanSquare).toBeLessThan(1.2)
  expect(drifts.filter((drift) => drift === 0).length).toBeGreaterThan(15) // 68 % of 40 expected: 27
})

it('slices too thick to be halved say nothing', () => {
  const thin = block(() => 100)
  const thick: CtVolume = { ...thin, geometry: { ...thin.geometry, spacing: [1, 1, 16] } }
  expect(driftOf(thick, sampleOf(thin), lpsPoint(0, 80, 0))).toBeNull()
})
