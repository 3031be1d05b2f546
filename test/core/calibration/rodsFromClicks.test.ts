import { describe, expect, it } from 'vitest'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { rodsFromClicks } from '../../../src/core/calibration/rodsFromClicks.ts'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { angleBetween, displacement, length, reject } from '../../../src/core/geometry/vector.ts'
import { mm } from '../../../src/core/units.ts'
import { renderScene, scene, truthOf } from './syntheticScan.ts'

const phantom = phantomById('b-mas-200')
const at = scene({ phantom, size: [260, 80, 26], middle: [4, 62, 0], rotation: [4, -3, 3], holder: 45 })
const volume = renderScene(at)
const truth = truthOf(at)

/** A click per rod, each off by as much as a hand is, at different heights along the rod. */
const clicks = truth.rods.map(({ label, center }, index) => {
  const along = 10 * (index - 2)
  const [dx, dy] = [
    [1.5, -1],
    [-1, 1.5],
    [0.5, 1],
    [-1.5, 0.5],
    [1, 1],
  ][index]! as [number, number]
  return {
    label,
    center: lpsPoint(
      center[0] + truth.along[0] * along + dx,
      center[1] + truth.along[1] * along + dy,
      center[2] + truth.along[2] * along,
    ),
    radius: mm(6),
  }
})

const failure = (change: readonly (typeof clicks)[number][]): QctError => {
  try {
    rodsFromClicks(volume, change, phantom)
  } catch (error) {
    if (error instanceof QctError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('rods clicked by hand', () => {
  it('are drawn to the middle of their rods and followed along them', () => {
    const found = rodsFromClicks(volume, clicks, phantom)
    expect(found.placement).toBe('by hand')
    expect(found.rods.map(({ rod }) => rod.label)).toEqual(['A', 'B', 'C', 'D', 'E'])
    for (const [index, rod] of found.rods.entries()) {
      const off = reject(displacement(truth.rods[index]!.center, rod.point), truth.along)
      // The hand was off by up to 1.8 mm; half a pixel remains. Rod B hardly differs from its holder.
      expect(length(off)).toBeLessThan(index === 1 ? 2 : 0.6)
      expect(angleBetween(rod.direction, truth.along)).toBeLessThan(0.5) // 0.45 mm over half of 100 mm
      expect(rod.zRange[1] - rod.zRange[0]).toBeGreaterThan(80)
      expect(rod.radius).toBe(6)
    }
  })

  it('may leave rods out as long as three remain', () => {
    expect(rodsFromClicks(volume, clicks.slice(1, 4), phantom).rods).toHaveLength(3)
    expect(failure(clicks.slice(0, 2)).code).toBe('RODS_CLICKED_WRONG')
  })

  it('are refused with the reason when they make no sense', () => {
    const first = clicks[0]!
    const rest = clicks.slice(1)
    expect(failure([{ ...first, label: 'Z' }, ...rest]).message).toContain('Z')
    expect(failure([{ ...first, label: 'B' }, ...rest]).message).toContain('twice')
    expect(failure([{ ...first, radius: mm(0.5) }, ...rest]).message).toContain('radius')
    expect(failure([{ ...first, center: lpsPoint(900, 0, 0) }, ...rest]).message).toContain('outside')
    expect(failure([{ ...first, center: lpsPoint(Number.NaN, 0, 0) }, ...rest]).message).toContain('outside')
  })
})
