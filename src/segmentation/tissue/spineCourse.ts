import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import { wallOutline } from '../../core/spine/wallOutline.ts'

/** Where the column runs at one height: its middle in LPS mm, and how far its front lies before that. */
export interface SpineAt {
  readonly x: number
  readonly y: number
  /** From the middle of a body to its front wall, in mm. */
  readonly front: number
  readonly halfWidth: number
}

/** The column's course through the slices, from the bodies that were found. */
export interface SpineCourse {
  /** Lowest and highest z for which the course is believed, LPS mm. */
  readonly from: number
  readonly to: number
  readonly at: (z: number) => SpineAt
}

/** How far beyond the outermost middles of bodies the course is carried on, in mm: half a body and a disc. */
const BEYOND_MM = 22

/** The course of the column: straight from body to body. At least one body is needed. */
export function spineCourse(bodies: readonly VertebralBody[]): SpineCourse {
  const knots = bodies
    .map((body) => {
      const { u, v } = wallOutline(body)
      return {
        z: body.center[2],
        x: body.center[0],
        y: body.center[1],
        front: Math.max(...v),
        halfWidth: (Math.max(...u) - Math.min(...u)) / 2,
        slopeX: body.cranial[0] / body.cranial[2],
        slopeY: body.cranial[1] / body.cranial[2],
      }
    })
    .sort((a, b) => a.z - b.z)
  const [lowest, highest] = [knots[0]!, knots.at(-1)!]
  const at = (z: number): SpineAt => {
    // Beyond the last body its own axis leads on.
    const end = z <= lowest.z ? lowest : z >= highest.z ? highest : null
    if (end !== null) {
      const { x, y, front, halfWidth, slopeX, slopeY } = end
      return { x: x + (z - end.z) * slopeX, y: y + (z - end.z) * slopeY, front, halfWidth }
    }
    const above = knots.findIndex((knot) => knot.z > z)
    const [a, b] = [knots[above - 1]!, knots[above]!]
    const share = (z - a.z) / (b.z - a.z)
    const between = (key: 'x' | 'y' | 'front' | 'halfWidth') => a[key] + share * (b[key] - a[key])
    return { x: between('x'), y: between('y'), front: between('front'), halfWidth: between('halfWidth') }
  }
  return { from: lowest.z - BEYOND_MM, to: highest.z + BEYOND_MM, at }
}
