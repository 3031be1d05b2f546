import { displacement, dot } from '../geometry/vector.ts'
import type { VertebralBody } from './vertebralBody.ts'

/** The wall of a body in its mid-plane: u to the left, v to the front, in mm from the body's centre. */
export interface WallOutline {
  readonly u: Float64Array
  readonly v: Float64Array
}

/** The body's wall in coordinates of its own frame. */
export function wallOutline(body: VertebralBody): WallOutline {
  const u = new Float64Array(body.wall.length)
  const v = new Float64Array(body.wall.length)
  body.wall.forEach((corner, index) => {
    const fromCenter = displacement(body.center, corner)
    u[index] = dot(fromCenter, body.left)
    v[index] = dot(fromCenter, body.anterior)
  })
  return { u, v }
}

/** How deep (u, v) lies inside the wall: its distance from the outline in mm, negative outside. */
export function depthInside({ u, v }: WallOutline, x: number, y: number): number {
  let nearest = Infinity
  let inside = false
  for (let index = 0, previous = u.length - 1; index < u.length; previous = index++) {
    const ax = u[previous]!
    const ay = v[previous]!
    const dx = u[index]! - ax
    const dy = v[index]! - ay
    const squared = dx * dx + dy * dy
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared))
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy))
    if (ay > y !== ay + dy > y && x < ax + ((y - ay) / dy) * dx) inside = !inside
  }
  return inside ? nearest : -nearest
}

/** The outermost right and left wall at the height v; null where the outline does not reach. */
export function wallChord({ u, v }: WallOutline, at: number): readonly [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (let index = 0, previous = u.length - 1; index < u.length; previous = index++) {
    const from = v[previous]!
    const to = v[index]!
    if (from > at === to > at) continue
    const crossing = u[previous]! + ((at - from) / (to - from)) * (u[index]! - u[previous]!)
    low = Math.min(low, crossing)
    high = Math.max(high, crossing)
  }
  return high >= low ? [low, high] : null
}
