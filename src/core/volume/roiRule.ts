import { type LpsPoint, type LpsVector, lpsVector } from '../geometry/lps.ts'
import { cross, displacement, dot, normalize, reject } from '../geometry/vector.ts'
import type { VolumeGeometry } from '../geometry/volumeGeometry.ts'
import { checkRoi } from './checkRoi.ts'
import { maskRule } from './maskRule.ts'
import { type Membership, SURFACE_TOLERANCE_MM } from './membership.ts'
import { polygonContains } from './polygon.ts'
import type { EllipticalCylinder, PolygonPrism, Roi } from './roi.ts'

/** A world coordinate along a unit vector, as a linear function of column, row and slice. */
interface GridCoordinate {
  readonly start: number
  readonly perI: number
  readonly perJ: number
  readonly perK: number
}

function gridCoordinate(geometry: VolumeGeometry, from: LpsPoint, direction: LpsVector): GridCoordinate {
  const { spacing, axes } = geometry
  return {
    start: dot(displacement(from, geometry.origin), direction),
    perI: spacing[0] * dot(axes[0], direction),
    perJ: spacing[1] * dot(axes[1], direction),
    perK: spacing[2] * dot(axes[2], direction),
  }
}

/** The index box of a body that reaches `reach(axis)` mm to either side of `center` along each grid axis. */
function indexBox(geometry: VolumeGeometry, center: LpsPoint, reach: (axis: LpsVector) => number) {
  const low: [number, number, number] = [0, 0, 0]
  const high: [number, number, number] = [0, 0, 0]
  const toCenter = displacement(geometry.origin, center)
  for (const axis of [0, 1, 2] as const) {
    const middle = dot(toCenter, geometry.axes[axis])
    const half = reach(geometry.axes[axis]) + 2 * SURFACE_TOLERANCE_MM
    low[axis] = Math.ceil((middle - half) / geometry.spacing[axis])
    high[axis] = Math.floor((middle + half) / geometry.spacing[axis])
  }
  return { low, high }
}

function cylinderRule(geometry: VolumeGeometry, roi: EllipticalCylinder): Membership {
  const second = cross(roi.normal, roi.lateral)
  const u = gridCoordinate(geometry, roi.center, roi.lateral)
  const v = gridCoordinate(geometry, roi.center, second)
  const w = gridCoordinate(geometry, roi.center, roi.normal)
  const a = roi.radii[0] + SURFACE_TOLERANCE_MM
  const b = roi.radii[1] + SURFACE_TOLERANCE_MM
  const halfHeight = roi.height / 2 + SURFACE_TOLERANCE_MM
  const box = indexBox(
    geometry,
    roi.center,
    (axis) =>
      Math.hypot(roi.radii[0] * dot(axis, roi.lateral), roi.radii[1] * dot(axis, second)) +
      (roi.height / 2) * Math.abs(dot(axis, roi.normal)),
  )
  const contains = (i: number, j: number, k: number) => {
    const along = w.start + i * w.perI + j * w.perJ + k * w.perK
    if (along > halfHeight || along < -halfHeight) return false
    const x = (u.start + i * u.perI + j * u.perJ + k * u.perK) / a
    const y = (v.start + i * v.perI + j * v.perJ + k * v.perK) / b
    return x * x + y * y <= 1
  }
  return { ...box, contains }
}

/** Two unit vectors that span the plane at right angles to `normal`; any pair serves. */
export function planeAxes(normal: LpsVector): readonly [LpsVector, LpsVector] {
  const [x, y, z] = [Math.abs(normal[0]), Math.abs(normal[1]), Math.abs(normal[2])]
  const leastAligned =
    x <= y && x <= z ? lpsVector(1, 0, 0) : y <= z ? lpsVector(0, 1, 0) : lpsVector(0, 0, 1)
  const first = normalize(reject(leastAligned, normal))
  return [first, cross(normal, first)]
}

function prismRule(geometry: VolumeGeometry, roi: PolygonPrism): Membership {
  const anchor = roi.corners[0]!
  const [first, second] = planeAxes(roi.normal)
  const flat = new Float64Array(roi.corners.length * 2)
  const box = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] }
  roi.corners.forEach((corner, index) => {
    const fromAnchor = displacement(anchor, corner)
    flat[2 * index] = dot(fromAnchor, first)
    flat[2 * index + 1] = dot(fromAnchor, second)
    const one = indexBox(geometry, corner, (axis) => (roi.thickness / 2) * Math.abs(dot(axis, roi.normal)))
    for (const axis of [0, 1, 2] as const) {
      // One more voxel to either side: corners may lie 0.01 mm off their plane.
      box.low[axis] = Math.min(box.low[axis]!, one.low[axis] - 1)
      box.high[axis] = Math.max(box.high[axis]!, one.high[axis] + 1)
    }
  })
  const u = gridCoordinate(geometry, anchor, first)
  const v = gridCoordinate(geometry, anchor, second)
  const w = gridCoordinate(geometry, anchor, roi.normal)
  const halfThickness = roi.thickness / 2 + SURFACE_TOLERANCE_MM
  const contains = (i: number, j: number, k: number) => {
    const along = w.start + i * w.perI + j * w.perJ + k * w.perK
    if (along > halfThickness || along < -halfThickness) return false
    return polygonContains(
      flat,
      u.start + i * u.perI + j * u.perJ + k * u.perK,
      v.start + i * v.perI + j * v.perJ + k * v.perK,
      SURFACE_TOLERANCE_MM,
    )
  }
  const [lowI, lowJ, lowK] = box.low as [number, number, number]
  const [highI, highJ, highK] = box.high as [number, number, number]
  return { low: [lowI, lowJ, lowK], high: [highI, highJ, highK], contains }
}

/**
 * The one rule of membership for a ROI on a grid: which voxel centres lie inside it or on its surface.
 *
 * The surface is widened by 10⁻⁶ mm (an ellipse by longer semi-axes). A mask is the union of its closed voxel
 * boxes, so on its own grid it is exactly its voxels, and on another grid a centre on the border of an inside
 * voxel is inside, whichever way the axes run.
 *
 * @throws {QctError} `ROI_INVALID` when the ROI is no such body.
 */
export function roiRule(geometry: VolumeGeometry, roi: Roi): Membership {
  checkRoi(roi)
  switch (roi.kind) {
    case 'ellipticalCylinder':
      return cylinderRule(geometry, roi)
    case 'polygonPrism':
      return prismRule(geometry, roi)
    case 'mask':
      return maskRule(geometry, roi)
  }
}
