import { cross, displacement, dot } from '../../core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { PictureProjection, PixelPoint } from './pictureCamera.ts'

/** Tangents that stand for the curved wall: with 120 the outline is at most 0.04 % of a radius too wide. */
const TANGENTS = 120

/** Where an affine function of the picture's plane is at most 0: `at + right·x + up·y ≤ 0`, in mm. */
interface HalfPlane {
  readonly at: number
  readonly right: number
  readonly up: number
}

/** The part of a convex polygon inside a half-plane. */
function clip(polygon: readonly PixelPoint[], { at, right, up }: HalfPlane): PixelPoint[] {
  const level = ([x, y]: PixelPoint) => at + right * x + up * y
  const kept: PixelPoint[] = []
  polygon.forEach((corner, index) => {
    const next = polygon[(index + 1) % polygon.length]!
    const [here, there] = [level(corner), level(next)]
    if (here <= 0) kept.push(corner)
    if (here <= 0 === there <= 0) return
    const share = here / (here - there)
    kept.push([corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])])
  })
  return kept
}

/**
 * The outline in which a picture's plane cuts an elliptical cylinder, in CSS pixels; empty when it passes it by.
 *
 * One rule for every lie of the plane: an ellipse across the axis, a rectangle along it, a rounded shape in between.
 * The cylinder is convex, so its section is a large square cut by the tangents of the wall and the two caps.
 */
export function cylinderSection(roi: EllipticalCylinder, projection: PictureProjection): PixelPoint[] {
  const { frame, center, mmPerPixel, size } = projection
  const depthward = cross(roi.normal, roi.lateral)
  const fromCenter = displacement(roi.center, center)
  const [lateral, depth, axis] = [roi.lateral, depthward, roi.normal].map((direction, index) => {
    const reach = index === 2 ? roi.height / 2 : roi.radii[index as 0 | 1]
    return {
      at: dot(fromCenter, direction) / reach,
      right: dot(frame.right, direction) / reach,
      up: dot(frame.up, direction) / reach,
    }
  }) as [HalfPlane, HalfPlane, HalfPlane]

  const reach = Math.hypot(roi.radii[0], roi.radii[1], roi.height / 2) + 1
  const [x, y] = [-dot(fromCenter, frame.right), -dot(fromCenter, frame.up)]
  let polygon: PixelPoint[] = [
    [x - reach, y - reach],
    [x + reach, y - reach],
    [x + reach, y + reach],
    [x - reach, y + reach],
  ]
  polygon = clip(polygon, { at: axis.at - 1, right: axis.right, up: axis.up })
  polygon = clip(polygon, { at: -axis.at - 1, right: -axis.right, up: -axis.up })
  for (let tangent = 0; tangent < TANGENTS && polygon.length > 0; tangent++) {
    const angle = (2 * Math.PI * tangent) / TANGENTS
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    polygon = clip(polygon, {
      at: c * lateral.at + s * depth.at - 1,
      right: c * lateral.right + s * depth.right,
      up: c * lateral.up + s * depth.up,
    })
  }
  if (polygon.length < 3) return []
  return polygon.map(([a, b]) => [size.width / 2 + a / mmPerPixel, size.height / 2 - b / mmPerPixel])
}
