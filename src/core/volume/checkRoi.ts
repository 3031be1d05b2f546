import type { RoiFault } from '../errors/geometry.ts'
import { QctError } from '../errors.ts'
import type { LpsPoint, LpsVector } from '../geometry/lps.ts'
import { displacement, dot, length } from '../geometry/vector.ts'
import { voxelCount } from '../geometry/volumeGeometry.ts'
import type { Roi } from './roi.ts'

/** Rounding that a unit or perpendicular direction may show: its effect stays below 10⁻⁴ mm over a body's width. */
const DIRECTION_TOLERANCE = 1e-6
/** How far a corner may lie off the polygon's plane, in mm. */
const PLANARITY_MM = 0.01
/** No CT field reaches farther, in mm; more is a fault of units and would ask for endless voxel counts. */
const LARGEST_MM = 2000

const isFiniteTriple = (triple: LpsPoint | LpsVector) => triple.every(Number.isFinite)
const isUnit = (vector: LpsVector) => Math.abs(length(vector) - 1) <= DIRECTION_TOLERANCE
const isLength = (value: number) => value > 0 && value <= LARGEST_MM

function fault(roi: Roi): RoiFault | undefined {
  if (roi.kind === 'mask') {
    return roi.inside.length === voxelCount(roi.geometry) ? undefined : 'mask does not fit its grid'
  }
  if (!isFiniteTriple(roi.normal)) return 'not finite'
  if (!isUnit(roi.normal)) return 'normal is not a unit vector'
  if (roi.kind === 'ellipticalCylinder') {
    if (![roi.center, roi.lateral].every(isFiniteTriple)) return 'not finite'
    if (!isUnit(roi.lateral)) return 'lateral is not a unit vector'
    if (Math.abs(dot(roi.lateral, roi.normal)) > DIRECTION_TOLERANCE) {
      return 'lateral is not at right angles to normal'
    }
    return [...roi.radii, roi.height].every(isLength) ? undefined : 'size out of range'
  }
  if (roi.corners.length < 3) return 'fewer than three corners'
  if (!roi.corners.every(isFiniteTriple)) return 'not finite'
  const anchor = roi.corners[0]!
  for (const corner of roi.corners) {
    const fromAnchor = displacement(anchor, corner)
    if (length(fromAnchor) > LARGEST_MM) return 'size out of range'
    if (Math.abs(dot(fromAnchor, roi.normal)) > PLANARITY_MM) return 'corners are not in one plane'
  }
  return isLength(roi.thickness) ? undefined : 'size out of range'
}

/**
 * Makes sure that a ROI is a body with finite size, unit directions and, for a polygon, corners in one plane.
 *
 * @throws {QctError} `ROI_INVALID` with the fault.
 */
export function checkRoi(roi: Roi): void {
  const found = fault(roi)
  if (found !== undefined) throw new QctError('ROI_INVALID', { fault: found })
}
