import { type LpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { type BodyFrame, pointAt } from './bodyFrame.ts'
import type { WorldPlane } from './endplatePlane.ts'

/** The point half-way between two planes on the line through `from` along `cranial`. */
export function midPoint(
  from: LpsPoint,
  upper: WorldPlane,
  lower: WorldPlane,
  cranial: WorldPlane['normal'],
): LpsPoint {
  const size = Math.hypot(cranial[0], cranial[1], cranial[2])
  const unit = lpsVector(cranial[0] / size, cranial[1] / size, cranial[2] / size)
  const line: BodyFrame = { origin: from, cranial: unit, left: unit, anterior: unit }
  const middle = (heightOnAxis(line, upper) + heightOnAxis(line, lower)) / 2
  return pointAt(line, 0, 0, middle)
}

/** Where the line through a frame's origin along its cranial direction meets a plane. */
export function heightOnAxis(
  { origin, cranial }: Pick<BodyFrame, 'origin' | 'cranial'>,
  { point, normal }: WorldPlane,
): number {
  let toPlane = 0
  let lean = 0
  for (const axis of [0, 1, 2] as const) {
    toPlane += (point[axis] - origin[axis]) * normal[axis]
    lean += cranial[axis] * normal[axis]
  }
  return toPlane / lean
}

/** Distance of the endplates along the cranial direction through the frame's origin. */
export const heightBetween = (frame: BodyFrame, upper: WorldPlane, lower: WorldPlane) =>
  heightOnAxis(frame, upper) - heightOnAxis(frame, lower)
