import { type LpsPoint, type LpsVector, lpsPoint, lpsVector } from './lps.ts'

/** Scalar product of two LPS vectors. */
export const dot = (a: LpsVector, b: LpsVector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
/** Vector product, right-handed in LPS. */
export const cross = (a: LpsVector, b: LpsVector) =>
  lpsVector(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
/** Length of a vector, in the unit of its components. */
export const length = (a: LpsVector) => Math.hypot(a[0], a[1], a[2])
/** The vector times a number. */
export const scale = (a: LpsVector, factor: number) => lpsVector(a[0] * factor, a[1] * factor, a[2] * factor)
/** Sum of two vectors. */
export const add = (a: LpsVector, b: LpsVector) => lpsVector(a[0] + b[0], a[1] + b[1], a[2] + b[2])
/** The same direction with unit length. */
export const normalize = (a: LpsVector) => scale(a, 1 / length(a))
/** The displacement that leads from one point to another, in mm. */
export const displacement = (from: LpsPoint, to: LpsPoint) =>
  lpsVector(to[0] - from[0], to[1] - from[1], to[2] - from[2])
/** The point reached from `point` along `vector` times `factor`. */
export const translate = (point: LpsPoint, vector: LpsVector, factor = 1) =>
  lpsPoint(point[0] + vector[0] * factor, point[1] + vector[1] * factor, point[2] + vector[2] * factor)
/** Distance of two points, in mm. */
export const distance = (a: LpsPoint, b: LpsPoint) => length(displacement(a, b))
/** The part of `a` at right angles to the unit vector `unit`. */
export const reject = (a: LpsVector, unit: LpsVector) => add(a, scale(unit, -dot(a, unit)))
/** Angle between two directions, in degrees from 0 to 180. */
export const angleBetween = (a: LpsVector, b: LpsVector) =>
  (Math.atan2(length(cross(a, b)), dot(a, b)) * 180) / Math.PI
