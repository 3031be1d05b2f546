import { describe, expect, it } from 'vitest'
import { quietestDisc } from '../../../src/segmentation/tissue/quietestDisc.ts'
import type { SlabPatch } from '../../../src/segmentation/tissue/slabPatch.ts'
import { seededNormal } from '../../core/calibration/seededNormal.ts'

/** A patch of 61 × 61 mm about (0, 0), painted and with noise. */
function patchOf(paint: (x: number, y: number) => number, noise = 2): SlabPatch {
  const normal = seededNormal(5)
  const hu = Float32Array.from({ length: 61 * 61 }, (_, at) => {
    return paint((at % 61) - 30, Math.floor(at / 61) - 30) + noise * normal()
  })
  return { size: [61, 61], step: 1, origin: [-30, -30, 0], hu }
}

const request = {
  radii: [9, 7, 5],
  margin: 2,
  asQuiet: 1.5,
  avoidsStreaks: true,
  belongs: (_x: number, _y: number, hu: number) => hu > -29.5 && hu < 150.5,
}

describe('quietestDisc', () => {
  it('takes the largest disc that fits with its margin', () => {
    const disc = quietestDisc(
      patchOf((x, y) => (Math.hypot(x - 6, y + 4) < 12.5 ? 55 : -100)),
      request,
    )!
    expect(disc.radius).toBe(9)
    expect(Math.hypot(disc.x - 6, disc.y + 4)).toBeLessThan(2)
    expect(disc.clearance).toBeGreaterThanOrEqual(2)
  })

  it('goes round a streak that itself would pass for the tissue', () => {
    const disc = quietestDisc(
      patchOf((x) => (Math.abs(x) < 1.5 ? 20 : 55)),
      request,
    )!
    // The disc with its margin ends before the streak.
    expect(Math.abs(disc.x) - disc.radius).toBeGreaterThanOrEqual(2)
  })

  it('prefers even tissue to a mottled one', () => {
    const mottled = (x: number, y: number) => 10 * Math.sin(x) * Math.sin(y)
    const disc = quietestDisc(
      patchOf((x, y) => (x < 0 ? 55 + mottled(x, y) : 55)),
      { ...request, avoidsStreaks: false },
    )!
    expect(disc.x - disc.radius).toBeGreaterThan(-2)
  })

  it('is null where none fits, and where nothing was measured', () => {
    const narrow = patchOf((x) => (Math.abs(x) < 6 ? 55 : -100))
    expect(quietestDisc(narrow, request)).toBeNull()
    expect(quietestDisc({ ...narrow, hu: narrow.hu.map(() => Number.NaN) }, request)).toBeNull()
  })
})
