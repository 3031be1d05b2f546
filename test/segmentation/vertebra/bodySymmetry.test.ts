import { describe, expect, it } from 'vitest'
import { areaCentre, findMidLine } from '../../../src/segmentation/vertebra/bodySymmetry.ts'
import { syntheticWallRadius } from './syntheticSpine.ts'

const RADIAN = Math.PI / 180

/** The synthetic wall, turned so that its front leans towards the left by `turn` degrees, and shifted. */
function turnedWall(turn: number, u: number, v: number): [number, number][] {
  return Array.from({ length: 72 }, (_, ray) => {
    const angle = (ray * 5 + turn) * RADIAN
    const r = syntheticWallRadius(ray * 5 * RADIAN)
    return [u + r * Math.cos(angle), v + r * Math.sin(angle)]
  })
}

describe('findMidLine', () => {
  it.each([-12, -3, 0, 7])('finds the turn of a kidney-shaped wall: %i°', (turn) => {
    const canal = [3 + 26 * Math.sin(turn * RADIAN), -2 - 26 * Math.cos(turn * RADIAN)] as const
    const mid = findMidLine(turnedWall(turn, 3, -2), canal)
    // A turn from the left over the front leads the front to the right: the mid-line leans by −turn. Whole degrees
    // of the radial table leave a few tenths.
    expect(mid.turn / RADIAN).toBeCloseTo(-turn, 0)
    expect(mid.difference).toBeLessThan(0.3)
  })

  it('tells how unequal the halves are', () => {
    const wall = turnedWall(0, 0, 0).map(([u, v]): [number, number] => [u > 0 ? u * 1.6 : u, v])
    expect(findMidLine(wall, [0, -26]).difference).toBeGreaterThan(1)
  })
})

describe('areaCentre', () => {
  it('is the middle of a square', () => {
    const [u, v] = areaCentre([
      [1, 1],
      [5, 1],
      [5, 5],
      [1, 5],
    ])
    expect(u).toBeCloseTo(3, 12)
    expect(v).toBeCloseTo(3, 12)
  })
})
