import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import { displacement, dot, translate } from '../geometry/vector.ts'
import type { EllipticalCylinder } from '../volume/roi.ts'
import type { SpineProtocol } from './protocol.ts'
import type { EndplatePlane, VertebralBody } from './vertebralBody.ts'
import { depthInside, type WallOutline, wallChord, wallOutline } from './wallOutline.ts'

/** A VOI as the protocol places it, with the doubts of the placement. */
export interface PlacedVoi {
  readonly voi: EllipticalCylinder
  readonly warnings: readonly QctWarning[]
}

/** Step of the searches along a line, in mm; each border is then halved down to rounding. */
const STEP_MM = 0.1
/** An ellipse is tested at this many points: 0.2 mm apart on the largest vertebra. */
const RIM_POINTS = 360
/** Points that touch the border of the trabecular space count as inside; far below any voxel. */
const TOUCH_MM = 1e-6
/** A trabecular space less deep than this, in mm, holds no VOI worth a number: the radius would be under 1 mm. */
const LEAST_DEPTH_MM = 3

/** The border between `inside` and `outside` along a line on which `isInside` changes once. */
function border(inside: number, outside: number, isInside: (at: number) => boolean): number {
  let [known, beyond] = [inside, outside]
  for (let halving = 0; halving < 40; halving++) {
    const middle = (known + beyond) / 2
    if (isInside(middle)) known = middle
    else beyond = middle
  }
  return known
}

/** The longest stretch of [from, to] on which `isInside` holds; null when there is none. */
function longestStretch(from: number, to: number, isInside: (at: number) => boolean) {
  let best: { low: number; high: number } | null = null
  let start: number | null = null
  for (let step = 0; from + (step - 1) * STEP_MM <= to; step++) {
    const at = from + step * STEP_MM
    if (at <= to && isInside(at)) {
      start ??= at
    } else if (start !== null) {
      const last = at - STEP_MM
      if (best === null || last - start > best.high - best.low) best = { low: start, high: last }
      start = null
    }
  }
  if (best === null) return null
  return {
    low: border(best.low, best.low - STEP_MM, isInside),
    high: border(best.high, best.high + STEP_MM, isInside),
  }
}

/** The mid-line: half-way between left and right wall, averaged over the middle half of the body's depth. */
function midLine(outline: WallOutline): number {
  const [back, front] = [Math.min(...outline.v), Math.max(...outline.v)]
  const count = 40
  let sum = 0
  let n = 0
  for (let index = 0; index <= count; index++) {
    const chord = wallChord(outline, back + (front - back) * (0.25 + (0.5 * index) / count))
    if (chord === null) continue
    sum += (chord[0] + chord[1]) / 2
    n++
  }
  return n === 0 ? 0 : sum / n
}

/** How far the endplate lies from `point` along `direction`, in mm. */
const reach = (plane: EndplatePlane, point: VertebralBody['center'], direction: VertebralBody['cranial']) =>
  dot(displacement(point, plane.point), plane.normal) / dot(direction, plane.normal)

/**
 * Places the trabecular VOI of a vertebral body by the protocol: an elliptical cylinder in the anterior two thirds of
 * the trabecular space, half-way between the endplates and parallel to their bisecting plane.
 *
 * @param body - As found or drawn; its wall is the outer surface of the cortex in the mid-plane.
 * @throws {QctError} `VOI_DOES_NOT_FIT` when 4 mm inside the wall hardly anything is left on the mid-line.
 * @see docs/methods/spine-trabecular-vbmd.md steps 3 to 8
 */
export function placeTrabecularVoi(body: VertebralBody, protocol: SpineProtocol): PlacedVoi {
  const outline = wallOutline(body)
  const isTrabecular = (u: number, v: number) => depthInside(outline, u, v) >= protocol.wallMargin - TOUCH_MM

  const middle = midLine(outline)
  const [back, front] = [Math.min(...outline.v), Math.max(...outline.v)]
  const space = longestStretch(back, front, (v) => isTrabecular(middle, v))
  const depth = space === null ? 0 : space.high - space.low
  if (space === null || depth < LEAST_DEPTH_MM) {
    throw new QctError('VOI_DOES_NOT_FIT', { depth, required: LEAST_DEPTH_MM })
  }
  const centerV = space.high - depth * protocol.depthShare
  const [right, left] = [Math.min(...outline.u), Math.max(...outline.u)]
  const row = longestStretch(right, left, (u) => isTrabecular(u, centerV))
  const halfWidth = row === null ? 0 : (row.high - row.low) / 2
  const lateralRadius = protocol.widthShare * halfWidth
  const depthRadius = protocol.depthShare * depth

  const fits = (factor: number) => {
    for (let point = 0; point < RIM_POINTS; point++) {
      const angle = (2 * Math.PI * point) / RIM_POINTS
      const u = middle + factor * lateralRadius * Math.cos(angle)
      const v = centerV + factor * depthRadius * Math.sin(angle)
      if (!isTrabecular(u, v)) return false
    }
    return true
  }
  const factor = fits(1) ? 1 : border(0, 1, fits)
  const warnings: QctWarning[] = []
  if (factor < protocol.clippedBelow) warnings.push(qctWarning('VOI_CLIPPED', { factor }))

  const inPlane = translate(translate(body.center, body.left, middle), body.anterior, centerV)
  const toUpper = reach(body.upper, inPlane, body.cranial)
  const toLower = reach(body.lower, inPlane, body.cranial)
  const center = translate(inPlane, body.cranial, (toUpper + toLower) / 2)
  const voi: EllipticalCylinder = {
    kind: 'ellipticalCylinder',
    center,
    normal: body.cranial,
    lateral: body.left,
    radii: [factor * lateralRadius, factor * depthRadius],
    height: protocol.height,
  }
  const clearance = Math.min(
    endplateClearance(voi, body, body.upper, 1),
    endplateClearance(voi, body, body.lower, -1),
  )
  if (clearance < protocol.endplateMargin) warnings.push(qctWarning('VOI_NEAR_ENDPLATE', { clearance }))
  return { voi, warnings }
}

/** The smallest distance of the VOI's cap from an endplate plane, negative when the cap passes through it. */
function endplateClearance(voi: EllipticalCylinder, body: VertebralBody, plane: EndplatePlane, side: 1 | -1) {
  const cap = translate(voi.center, voi.normal, (side * voi.height) / 2)
  const toPlane = side * dot(displacement(cap, plane.point), plane.normal)
  const lean = Math.hypot(
    voi.radii[0] * dot(plane.normal, body.left),
    voi.radii[1] * dot(plane.normal, body.anterior),
  )
  return toPlane - lean
}
