import type { LpsVector } from '../../geometry/lps.ts'
import { cross, displacement, dot } from '../../geometry/vector.ts'
import type { ViewPlane } from '../reslice.ts'
import type { EllipticalCylinder, MaskRoi, PolygonPrism, Roi } from '../roi.ts'
import { planeAxes } from '../roiRule.ts'

/** A closed outline on a plane in mm: (right, down) of every corner, counted from the plane's centre. */
export type SectionOutline = readonly number[]

/** A world coordinate on the plane: value = start + right·x + down·y. */
interface PlaneCoordinate {
  readonly start: number
  readonly right: number
  readonly down: number
}

const along = (plane: ViewPlane, from: PlaneCoordinate['start'], direction: LpsVector): PlaneCoordinate => ({
  start: from,
  right: dot(plane.right, direction),
  down: dot(plane.down, direction),
})

/** The part of an outline where `limit − coordinate` is not negative (Sutherland and Hodgman). */
function clip(
  outline: SectionOutline,
  { start, right, down }: PlaneCoordinate,
  limit: number,
): SectionOutline {
  const kept: number[] = []
  const n = outline.length
  for (let at = 0, previous = n - 2; at < n; previous = at, at += 2) {
    const [ax, ay, bx, by] = [outline[previous]!, outline[previous + 1]!, outline[at]!, outline[at + 1]!]
    const a = limit - (start + right * ax + down * ay)
    const b = limit - (start + right * bx + down * by)
    if (a >= 0 !== b >= 0) kept.push(ax + ((bx - ax) * a) / (a - b), ay + ((by - ay) * a) / (a - b))
    if (b >= 0) kept.push(bx, by)
  }
  return kept
}

const negative = ({ start, right, down }: PlaneCoordinate): PlaneCoordinate => ({
  start: -start,
  right: -right,
  down: -down,
})

/** A square that holds every section: sections lie within a few metres of the plane's centre. */
const REACH = 1e4
const EVERYTHING: SectionOutline = [-REACH, -REACH, REACH, -REACH, REACH, REACH, -REACH, REACH]

/** Tangent planes around the ellipse. The outline they bound lies at most 0.02 % of a radius outside. */
const TANGENTS = 180

function cylinderSection(plane: ViewPlane, roi: EllipticalCylinder): SectionOutline[] {
  const toPlane = displacement(roi.center, plane.center)
  const second = cross(roi.normal, roi.lateral)
  const u = along(plane, dot(toPlane, roi.lateral), roi.lateral)
  const v = along(plane, dot(toPlane, second), second)
  const w = along(plane, dot(toPlane, roi.normal), roi.normal)
  let outline = clip(clip(EVERYTHING, w, roi.height / 2), negative(w), roi.height / 2)
  for (let tangent = 0; tangent < TANGENTS; tangent++) {
    const angle = (2 * Math.PI * tangent) / TANGENTS
    const [a, b] = [Math.cos(angle) / roi.radii[0], Math.sin(angle) / roi.radii[1]]
    const side = {
      start: a * u.start + b * v.start,
      right: a * u.right + b * v.right,
      down: a * u.down + b * v.down,
    }
    outline = clip(outline, side, 1)
  }
  return outline.length >= 6 ? [outline] : []
}

/** Below this sine the plane is taken as holding the prism's axis. */
const UPRIGHT = 1e-6

function prismSection(plane: ViewPlane, roi: PolygonPrism): SectionOutline[] {
  const anchor = roi.corners[0]!
  const [first, second] = planeAxes(roi.normal)
  const toPlane = displacement(anchor, plane.center)
  const u = along(plane, dot(toPlane, first), first)
  const v = along(plane, dot(toPlane, second), second)
  const w = along(plane, dot(toPlane, roi.normal), roi.normal)
  const half = roi.thickness / 2
  const inSlab = (outline: SectionOutline) => clip(clip(outline, w, half), negative(w), half)
  const corners = roi.corners.map((corner) => {
    const fromAnchor = displacement(anchor, corner)
    return [dot(fromAnchor, first), dot(fromAnchor, second)] as const
  })
  const determinant = u.right * v.down - u.down * v.right
  if (Math.abs(determinant) > UPRIGHT) {
    // Every corner is carried along the prism's axis onto the plane.
    const outline = corners.flatMap(([x, y]) => {
      const [du, dv] = [x - u.start, y - v.start]
      return [(du * v.down - dv * u.down) / determinant, (dv * u.right - du * v.right) / determinant]
    })
    const kept = inSlab(outline)
    return kept.length >= 6 ? [kept] : []
  }
  // The plane holds the axis: it cuts the polygon along a line, between its 1st and 2nd crossing, 3rd and 4th, …
  const axis = { right: plane.right, down: plane.down }
  const acrossRight = Math.hypot(u.right, v.right) >= Math.hypot(u.down, v.down)
  const direction = acrossRight ? axis.right : axis.down
  const [du, dv] = [dot(direction, first), dot(direction, second)]
  const length = Math.hypot(du, dv)
  const line = { u: du / length, v: dv / length }
  const offset = u.start * -line.v + v.start * line.u
  const crossings: number[] = []
  corners.forEach(([bx, by], at) => {
    const [ax, ay] = corners[(at + corners.length - 1) % corners.length]!
    const a = ax * -line.v + ay * line.u - offset
    const b = bx * -line.v + by * line.u - offset
    if (a >= 0 === b >= 0) return
    const share = a / (a - b)
    crossings.push((ax + share * (bx - ax)) * line.u + (ay + share * (by - ay)) * line.v)
  })
  crossings.sort((a, b) => a - b)
  const position: PlaneCoordinate = {
    start: u.start * line.u + v.start * line.v,
    right: u.right * line.u + v.right * line.v,
    down: u.down * line.u + v.down * line.v,
  }
  const found: SectionOutline[] = []
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const strip = clip(clip(EVERYTHING, position, crossings[at + 1]!), negative(position), -crossings[at]!)
    const kept = inSlab(strip)
    if (kept.length >= 6) found.push(kept)
  }
  return found
}

/**
 * Where a plane cuts a ROI: closed outlines on the plane, none where they do not meet.
 *
 * Exact for cylinders (to 0.02 % of a radius) and prisms, in any position. A mask has no outline of its own; it is
 * drawn voxel by voxel.
 */
export function roiSection(plane: ViewPlane, roi: Exclude<Roi, MaskRoi>): SectionOutline[] {
  return roi.kind === 'ellipticalCylinder' ? cylinderSection(plane, roi) : prismSection(plane, roi)
}
