import { describe, expect, it } from 'vitest'
import type { QctError } from '../../../src/core/errors.ts'
import { displacement, dot, translate } from '../../../src/core/geometry/vector.ts'
import { placeTrabecularVoi } from '../../../src/core/spine/placeTrabecularVoi.ts'
import { ELLIPTICAL_CYLINDER_PROTOCOL as protocol } from '../../../src/core/spine/protocol.ts'
import { depthInside, wallOutline } from '../../../src/core/spine/wallOutline.ts'
import { drawBody } from './drawnBody.ts'

// A circle of 720 corners lies up to 20·(1 − cos(π/720)) = 0.0002 mm inside the true one.
const POLYGON_MM = 0.001

/** The VOI's centre in the frame of the body: left, front, up. */
function seenFrom(body: ReturnType<typeof drawBody>) {
  const { voi, warnings } = placeTrabecularVoi(body, protocol)
  const off = displacement(body.center, voi.center)
  return {
    voi,
    warnings,
    left: dot(off, body.left),
    front: dot(off, body.anterior),
    up: dot(off, body.cranial),
  }
}

describe('placeTrabecularVoi', () => {
  it('follows the protocol on a round body, where every number can be written down', () => {
    const { voi, warnings, left, front, up } = seenFrom(drawBody())
    // Trabecular space: circle of 16 mm. D = 32, centre 32/3 behind its front end.
    expect(front).toBeCloseTo(16 - 32 / 3, 3)
    expect(Math.abs(left)).toBeLessThan(POLYGON_MM)
    expect(Math.abs(up)).toBeLessThan(POLYGON_MM)
    expect(voi.radii[1]).toBeCloseTo(32 / 3, 3)
    expect(voi.radii[0]).toBeCloseTo(0.65 * Math.sqrt(16 ** 2 - (16 / 3) ** 2), 3)
    expect(voi.height).toBe(9)
    expect(warnings).toEqual([])
  })

  it('stays at right angles to the cranial direction of a tilted body', () => {
    const body = drawBody({ tilt: 20 })
    const { voi } = seenFrom(body)
    expect(voi.normal).toEqual(body.cranial)
    expect(voi.lateral).toEqual(body.left)
  })

  it('lies half-way between the endplates through its own centre when the body is a wedge', () => {
    const body = drawBody({ wedge: 12, height: 24 })
    const { voi } = seenFrom(body)
    const reach = (plane: typeof body.upper) =>
      dot(displacement(voi.center, plane.point), plane.normal) / dot(body.cranial, plane.normal)
    expect(reach(body.upper)).toBeCloseTo(-reach(body.lower), 9)
  })

  it('lies half-way also when the body was drawn off its mid-plane', () => {
    const body = drawBody()
    const shifted = { ...body, center: translate(body.center, body.cranial, 2) }
    expect(seenFrom(shifted).up).toBeCloseTo(-2, 6)
  })

  it('keeps the whole ellipse 4 mm inside a kidney-shaped wall', () => {
    const kidney = (angle: number) => {
      const back = Math.exp(-((((angle * 180) / Math.PI - 270) / 35) ** 2))
      return 1 / Math.hypot(Math.cos(angle) / 23, Math.sin(angle) / 17) - 3 * back
    }
    const body = drawBody({ radius: kidney })
    const { voi, left, front } = seenFrom(body)
    const outline = wallOutline(body)
    for (let degree = 0; degree < 360; degree++) {
      const u = left + voi.radii[0] * Math.cos((degree * Math.PI) / 180)
      const v = front + voi.radii[1] * Math.sin((degree * Math.PI) / 180)
      expect(depthInside(outline, u, v)).toBeGreaterThan(4 - POLYGON_MM)
    }
  })

  it('warns with the factor when a pointed front makes the VOI much smaller', () => {
    // A star with four blunt arms: the ellipse that reaches into the front arm cannot fit.
    const star = (angle: number) =>
      28 / (Math.abs(Math.cos(angle)) ** 0.7 + Math.abs(Math.sin(angle)) ** 0.7) ** (1 / 0.7)
    const body = drawBody({ radius: star })
    const { voi, warnings, front } = seenFrom(body)
    const clipped = warnings.find(({ code }) => code === 'VOI_CLIPPED')
    expect(clipped).toBeDefined()
    expect((clipped!.details as { factor: number }).factor).toBeLessThan(0.8)
    // Shrunk no further than needed: its rim touches the border of the trabecular space.
    const outline = wallOutline(body)
    const depths = Array.from({ length: 3600 }, (_, at) => {
      const angle = (at * Math.PI) / 1800
      return depthInside(outline, voi.radii[0] * Math.cos(angle), front + voi.radii[1] * Math.sin(angle))
    })
    expect(Math.min(...depths)).toBeCloseTo(4, 2)
  })

  it('warns when a low body brings the endplates near', () => {
    const { warnings } = seenFrom(drawBody({ height: 15 }))
    expect(warnings.map(({ code }) => code)).toEqual(['VOI_NEAR_ENDPLATE'])
    // (15 − 9)/2, no lean
    expect(warnings[0]!.details).toEqual({ clearance: expect.closeTo(3, 9) })
  })

  it('refuses a wall too narrow to hold a VOI, and says how deep its space is', () => {
    let caught: unknown
    try {
      placeTrabecularVoi(drawBody({ radius: () => 5 }), protocol)
    } catch (error) {
      caught = error
    }
    expect((caught as QctError).code).toBe('VOI_DOES_NOT_FIT')
    expect((caught as QctError<'VOI_DOES_NOT_FIT'>).details.depth).toBeCloseTo(2, 2)
  })

  it('follows the same words wherever the body lies: a wall that starts at another corner changes nothing', () => {
    const body = drawBody({ tilt: 10 })
    const turned = { ...body, wall: [...body.wall.slice(200), ...body.wall.slice(0, 200)] }
    const [one, other] = [placeTrabecularVoi(body, protocol), placeTrabecularVoi(turned, protocol)]
    for (const axis of [0, 1, 2] as const) {
      expect(other.voi.center[axis]).toBeCloseTo(one.voi.center[axis], 9)
    }
  })
})
