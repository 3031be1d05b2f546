import { type LpsPoint, type LpsVector, lpsPoint } from '../../core/geometry/lps.ts'
import { cross, dot, normalize, reject } from '../../core/geometry/vector.ts'

/** A right-angled frame in a vertebra: u to the left, v to the front, s to the head, in mm from its origin. */
export interface BodyFrame {
  readonly origin: LpsPoint
  readonly left: LpsVector
  readonly anterior: LpsVector
  readonly cranial: LpsVector
}

/** The frame with the given cranial direction whose anterior direction is nearest to the one given. */
export function bodyFrame(origin: LpsPoint, cranial: LpsVector, anterior: LpsVector): BodyFrame {
  const up = normalize(cranial)
  const front = normalize(reject(anterior, up))
  // LPS is right-handed: left × posterior = cranial, so cranial × anterior = left.
  return { origin, left: cross(up, front), anterior: front, cranial: up }
}

/** The point of the world at (u, v, s) of a frame. */
export function pointAt(
  { origin, left, anterior, cranial }: BodyFrame,
  u: number,
  v: number,
  s: number,
): LpsPoint {
  return lpsPoint(
    origin[0] + u * left[0] + v * anterior[0] + s * cranial[0],
    origin[1] + u * left[1] + v * anterior[1] + s * cranial[1],
    origin[2] + u * left[2] + v * anterior[2] + s * cranial[2],
  )
}

/** The coordinates (u, v, s) of a point of the world. */
export function seenIn(frame: BodyFrame, point: LpsPoint): readonly [number, number, number] {
  const x = point[0] - frame.origin[0]
  const y = point[1] - frame.origin[1]
  const z = point[2] - frame.origin[2]
  const along = (axis: LpsVector) => x * axis[0] + y * axis[1] + z * axis[2]
  return [along(frame.left), along(frame.anterior), along(frame.cranial)]
}

/** The direction with the components (u, v, s) of a frame, of unit length. */
export function directionAt(frame: BodyFrame, u: number, v: number, s: number): LpsVector {
  const { left, anterior, cranial } = frame
  const sum = [0, 1, 2].map((axis) => u * left[axis]! + v * anterior[axis]! + s * cranial[axis]!)
  return normalize(sum as unknown as LpsVector)
}

/** The components (u, v, s) of a direction in a frame. */
export function componentsIn(frame: BodyFrame, direction: LpsVector): readonly [number, number, number] {
  return [dot(direction, frame.left), dot(direction, frame.anterior), dot(direction, frame.cranial)]
}
