import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import {
  add,
  cross,
  displacement,
  dot,
  normalize,
  reject,
  scale,
  translate,
} from '../../core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { PlaneFrame } from './viewportPlane.ts'

/** Radii and height stay between these, in mm: what can still be grasped, and more than any vertebra. */
const SIZE_LIMITS_MM = [1, 80] as const

const limit = (size: number) => Math.min(SIZE_LIMITS_MM[1], Math.max(SIZE_LIMITS_MM[0], size))

/** A direction turned about a unit axis by an angle in radians, right-handed. */
export function turn(direction: LpsVector, axis: LpsVector, angle: number): LpsVector {
  const along = scale(axis, dot(axis, direction))
  const across = reject(direction, axis)
  return add(along, add(scale(across, Math.cos(angle)), scale(cross(axis, across), Math.sin(angle))))
}

/** Keeps the two directions square and of unit length, whatever rounding many small turns leave. */
function square(voi: EllipticalCylinder): EllipticalCylinder {
  const normal = normalize(voi.normal)
  return { ...voi, normal, lateral: normalize(reject(voi.lateral, normal)) }
}

/** The VOI moved by a displacement in mm. */
export const moveVoi = (voi: EllipticalCylinder, by: LpsVector): EllipticalCylinder => ({
  ...voi,
  center: translate(voi.center, by),
})

/** The side of a VOI that a handle holds: one of its two radii, or its height. */
export type VoiSide = 'lateral' | 'depth' | 'height'

/** The unit direction in which a side is measured. */
export function sideDirection(voi: EllipticalCylinder, side: VoiSide): LpsVector {
  if (side === 'lateral') return voi.lateral
  return side === 'depth' ? cross(voi.normal, voi.lateral) : voi.normal
}

/** The distance from the centre to a side, in mm: a radius, or half the height. */
export const sideReach = (voi: EllipticalCylinder, side: VoiSide) =>
  side === 'height' ? voi.height / 2 : voi.radii[side === 'lateral' ? 0 : 1]

/** The VOI with a side at this distance from its centre; the opposite side follows, the centre stays. */
export function resizeVoi(voi: EllipticalCylinder, side: VoiSide, reach: number): EllipticalCylinder {
  if (side === 'height') return { ...voi, height: limit(2 * reach) }
  const kept = limit(reach)
  return { ...voi, radii: side === 'lateral' ? [kept, voi.radii[1]] : [voi.radii[0], kept] }
}

/**
 * The distance at which a side lies when its handle is dragged to `to`.
 *
 * The handle is seen foreshortened where its direction leaves the picture's plane; the foreshortening is undone.
 */
export function reachAt(voi: EllipticalCylinder, side: VoiSide, to: LpsPoint, frame: PlaneFrame): number {
  const seen = reject(sideDirection(voi, side), frame.normal)
  return Math.abs(dot(displacement(voi.center, to), seen) / dot(seen, seen))
}

/** The VOI leant over in the picture's plane: positive angles (radians) turn it with the clock on screen. */
export const tiltVoi = (voi: EllipticalCylinder, frame: PlaneFrame, angle: number): EllipticalCylinder =>
  square({
    ...voi,
    normal: turn(voi.normal, frame.normal, angle),
    lateral: turn(voi.lateral, frame.normal, angle),
  })

/** The VOI turned about its own axis: positive angles (radians) turn it with the clock as seen along its normal. */
export const turnVoi = (voi: EllipticalCylinder, angle: number): EllipticalCylinder =>
  square({ ...voi, lateral: turn(voi.lateral, voi.normal, angle) })

/** The angle in radians, clockwise on screen, by which the way from `center` turns from one point to another. */
export function angleOnScreen(center: LpsPoint, from: LpsPoint, to: LpsPoint, frame: PlaneFrame): number {
  const clock = (point: LpsPoint) => {
    const way = displacement(center, point)
    return Math.atan2(-dot(way, frame.up), dot(way, frame.right))
  }
  return clock(to) - clock(from)
}
