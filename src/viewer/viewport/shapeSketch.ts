import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import {
  cross,
  displacement,
  dot,
  length,
  normalize,
  reject,
  scale,
  translate,
} from '../../core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import { cylinderSection } from './cylinderSection.ts'
import type { EndplateShape, OverlayShape, RodShape, TissueShape, WallShape } from './overlayShape.ts'
import type { PictureProjection, PixelPoint } from './pictureCamera.ts'

/** How one shape is seen in a picture, in CSS pixels. */
export interface ShapeSketch {
  readonly shape: OverlayShape
  /** Closed outlines and open lines to be stroked. */
  readonly outlines: readonly { readonly points: readonly PixelPoint[]; readonly isClosed: boolean }[]
  /** Where a seed's mark sits. */
  readonly mark: PixelPoint | null
  /** Where the label begins. */
  readonly labelAt: PixelPoint
}

/** A seed is seen this far before and behind its plane, in mm; farther, its picture would be another one's. */
const SEED_DEPTH_MM = 5
/** A wall is drawn whole when its plane lies this near, in mm, and this parallel (cosine, about 20°). */
const WALL_DEPTH_MM = 5
const WALL_PARALLEL = 0.94
/** Half the length of the marks where a wall crosses the picture, in mm. */
const WALL_MARK_MM = 4
/** Endplates nearly in the picture's plane (sine, about 12°) have no line worth drawing. */
const ENDPLATE_SINE = 0.2

/** A rod or a region of a tissue as the cylinder it is. */
export function rodCylinder({
  center,
  axis,
  radius,
  length: height,
}: RodShape | TissueShape): EllipticalCylinder {
  const [x, y, z] = axis.map(Math.abs) as [number, number, number]
  const helper = x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1]
  const lateral = normalize(reject(helper as unknown as LpsVector, axis))
  return { kind: 'ellipticalCylinder', center, normal: axis, lateral, radii: [radius, radius], height }
}

/** The two ends of an endplate's line in the picture, or nothing where it is not cut. */
function endplateLine(shape: EndplateShape, projection: PictureProjection): PixelPoint[] {
  const { normal } = projection.frame
  const line = cross(shape.normal, normal)
  if (length(line) < ENDPLATE_SINE) return []
  // From the plate's point, straight down the plate, to the picture's plane.
  const downPlate = normalize(reject(normal, shape.normal))
  const way = -projection.depth(shape.point) / dot(downPlate, normal)
  if (Math.abs(way) > shape.reach) return []
  const foot = translate(shape.point, downPlate, way)
  const half = Math.sqrt(shape.reach ** 2 - way ** 2)
  const direction = scale(line, half / length(line))
  return [
    projection.toPixels(translate(foot, direction, -1)),
    projection.toPixels(translate(foot, direction)),
  ]
}

const centroid = (points: readonly LpsPoint[]) =>
  [0, 1, 2].map(
    (axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / points.length,
  ) as unknown as LpsPoint

/** Twice the area vector of a polygon: its direction is the polygon's normal. */
function areaVector(corners: readonly LpsPoint[], center: LpsPoint): LpsVector {
  const sum = [0, 0, 0]
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length]!
    cross(displacement(center, corner), displacement(center, next)).forEach((x, axis) => {
      sum[axis]! += x
    })
  })
  return sum as unknown as LpsVector
}

/** The wall's outline where the picture runs along it, else short marks where it passes through. */
function wallOutlines({ corners }: WallShape, projection: PictureProjection): ShapeSketch['outlines'] {
  if (corners.length < 3) return []
  const center = centroid(corners)
  const area = areaVector(corners, center)
  if (length(area) === 0) return []
  const normal = normalize(area)
  if (Math.abs(dot(normal, projection.frame.normal)) > WALL_PARALLEL) {
    if (Math.abs(projection.depth(center)) > WALL_DEPTH_MM) return []
    return [{ points: corners.map(projection.toPixels), isClosed: true }]
  }
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length]!
    const [here, there] = [projection.depth(corner), projection.depth(next)]
    if (here > 0 === there > 0) return []
    const at = translate(corner, displacement(corner, next), here / (here - there))
    const ends = [-1, 1].map((side) => projection.toPixels(translate(at, normal, side * WALL_MARK_MM)))
    return [{ points: ends, isClosed: false }]
  })
}

const rightmost = (points: readonly PixelPoint[]): PixelPoint =>
  points.reduce((best, point) => (point[0] > best[0] ? point : best))

/** How a shape is seen in a picture; null when the picture's plane passes it by. */
export function sketchShape(shape: OverlayShape, projection: PictureProjection): ShapeSketch | null {
  if (shape.kind === 'seed') {
    if (Math.abs(projection.depth(shape.at)) > SEED_DEPTH_MM) return null
    const mark = projection.toPixels(shape.at)
    return { shape, outlines: [], mark, labelAt: [mark[0] + 10, mark[1] - 8] }
  }
  if (shape.kind === 'wall') {
    const outlines = wallOutlines(shape, projection)
    const points = outlines.flatMap((outline) => outline.points)
    return points.length === 0 ? null : { shape, outlines, mark: null, labelAt: rightmost(points) }
  }
  if (shape.kind === 'endplate') {
    const points = endplateLine(shape, projection)
    if (points.length === 0) return null
    return { shape, outlines: [{ points, isClosed: false }], mark: null, labelAt: rightmost(points) }
  }
  const cylinder = shape.kind === 'voi' ? shape.voi : rodCylinder(shape)
  const points = cylinderSection(cylinder, projection)
  if (points.length === 0) return null
  const side = rightmost(points)
  return { shape, outlines: [{ points, isClosed: true }], mark: null, labelAt: [side[0] + 6, side[1] + 4] }
}
