import type { Vec3 } from './spineColumn.ts'
import type { VertebralBodyShape } from './vertebralBodyShape.ts'

/** The protocol's VOI of an analytic body, in the body's own coordinates (left, front, head; mm). */
export interface ProtocolVoi {
  readonly center: Vec3
  readonly cranial: Vec3
  readonly anterior: Vec3
  readonly left: Vec3
  readonly lateralRadius: number
  readonly sagittalRadius: number
  readonly height: number
}

/** Numbers of the protocol `elliptical-cylinder`, version 1. */
const CENTRAL_PART = 0.6
const MARGIN = 4
const LATERAL_SHARE = 0.65
const HEIGHT = 9
/** Corners of the wall polygon: at 2° the straight pieces leave the curve by 3 µm. */
const OUTLINE_CORNERS = 180

const dot = (p: Vec3, q: Vec3) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
const unit = (p: Vec3): Vec3 => {
  const size = Math.hypot(p[0], p[1], p[2])
  return [p[0] / size, p[1] / size, p[2] / size]
}
const along = (p: Vec3, q: Vec3, f: number): Vec3 => [p[0] + q[0] * f, p[1] + q[1] * f, p[2] + q[2] * f]

/** Least-squares plane through a surface over the body's central ellipse. */
function plateau(shape: VertebralBodyShape, surface: (u: number, v: number) => number) {
  const [a, b] = [CENTRAL_PART * shape.halfWidth, CENTRAL_PART * shape.halfDepth]
  const steps = 60
  let [n, su, sv, sw, suu, svv, suv, suw, svw] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const [p, q] = [(2 * i + 1) / steps - 1, (2 * j + 1) / steps - 1]
      if (p * p + q * q > 1) continue
      const [u, v] = [a * p, b * q]
      const w = surface(u, v)
      n++
      su += u
      sv += v
      sw += w
      suu += u * u
      svv += v * v
      suv += u * v
      suw += u * w
      svw += v * w
    }
  }
  const [uu, vv, uv] = [suu - (su * su) / n, svv - (sv * sv) / n, suv - (su * sv) / n]
  const [uw, vw] = [suw - (su * sw) / n, svw - (sv * sw) / n]
  const determinant = uu * vv - uv * uv
  const slopeU = (uw * vv - vw * uv) / determinant
  const slopeV = (vw * uu - uw * uv) / determinant
  return {
    point: [su / n, sv / n, sw / n] as Vec3,
    normal: unit([-slopeU, -slopeV, 1]),
  }
}

/** Distance of a point of the plane to a closed polygon's edge. */
function edgeDistance(polygon: readonly (readonly [number, number])[], x: number, y: number): number {
  let best = Infinity
  for (let index = 0; index < polygon.length; index++) {
    const [x1, y1] = polygon[index]!
    const [x2, y2] = polygon[(index + 1) % polygon.length]!
    const [ex, ey] = [x2 - x1, y2 - y1]
    const t = Math.min(1, Math.max(0, ((x - x1) * ex + (y - y1) * ey) / (ex * ex + ey * ey)))
    const square = (x - x1 - t * ex) ** 2 + (y - y1 - t * ey) ** 2
    if (square < best) best = square
  }
  return Math.sqrt(best)
}

/** Where the outline of the body crosses a plane: a closed polygon in (left, anterior) about `center`. */
function outline(shape: VertebralBodyShape, center: Vec3, left: Vec3, anterior: Vec3) {
  return Array.from({ length: OUTLINE_CORNERS }, (_, index) => {
    const angle = (index * 2 * Math.PI) / OUTLINE_CORNERS
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    let [low, high] = [0, 60]
    for (let step = 0; step < 32; step++) {
      const r = (low + high) / 2
      const [u, v, w] = along(along(center, left, r * c), anterior, r * s)
      if (shape.sideDistance(u, v, w) < 0) low = r
      else high = r
    }
    return [low * c, low * s] as const
  })
}

/**
 * Applies the spine protocol to a body's definition: planes, frame, mid-plane, trabecular space, centre, radii.
 *
 * Written from the protocol's text for the generator alone, so that an error in the measuring code cannot hide here.
 * @see docs/methods/spine-trabecular-vbmd.md
 */
export function protocolVoi(shape: VertebralBodyShape): ProtocolVoi {
  const upper = plateau(shape, (u, v) => shape.upperPlate(u, v) - shape.plate / 2)
  const lower = plateau(shape, (u, v) => shape.lowerPlate(u, v) + shape.plate / 2)
  const cranial = unit(along(upper.normal, lower.normal, 1))
  // the body is its own mirror image in u, so its mid-sagittal plane is u = 0
  const anterior = unit(along([0, 1, 0], cranial, -cranial[1]))
  const left: Vec3 = [
    anterior[1] * cranial[2] - anterior[2] * cranial[1],
    anterior[2] * cranial[0] - anterior[0] * cranial[2],
    anterior[0] * cranial[1] - anterior[1] * cranial[0],
  ]
  const toPlane = (from: Vec3, plane: { point: Vec3; normal: Vec3 }) =>
    (dot(plane.point, plane.normal) - dot(from, plane.normal)) / dot(cranial, plane.normal)
  const toMidPlane = (from: Vec3) => along(from, cranial, (toPlane(from, upper) + toPlane(from, lower)) / 2)

  let center = toMidPlane([0, 0, 0])
  let radii = { lateral: 0, sagittal: 0 }
  // the mid-plane's height is taken through the VOI's own centre, so centre and height settle together
  for (let round = 0; round < 6; round++) {
    const wall = outline(shape, center, left, anterior)
    const clear = (x: number, y: number) => edgeDistance(wall, x, y) >= MARGIN
    const reachOf = (stepX: number, stepY: number, startX: number, startY: number) => {
      let reach = 0
      while (reach < 60 && clear(startX + stepX * (reach + 0.02), startY + stepY * (reach + 0.02)))
        reach += 0.02
      return reach
    }
    const front = reachOf(0, 1, 0, 0)
    const back = reachOf(0, -1, 0, 0)
    const depth = front + back
    const y = front - depth / 3
    const halfWidth = (reachOf(1, 0, 0, y) + reachOf(-1, 0, 0, y)) / 2
    const fits = (factor: number) => {
      // right half only: the body is its own mirror image
      for (let angle = -90; angle <= 90; angle += 3) {
        const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
        // 0.01 mm: what the walk above may leave undone
        if (
          edgeDistance(wall, factor * LATERAL_SHARE * halfWidth * c, y + ((factor * depth) / 3) * s) <
          MARGIN - 0.01
        )
          return false
      }
      return true
    }
    let [low, high] = [0.2, 1]
    if (fits(1)) low = 1
    for (let step = 0; low < 1 && step < 11; step++) {
      const factor = (low + high) / 2
      if (fits(factor)) low = factor
      else high = factor
    }
    radii = { lateral: low * LATERAL_SHARE * halfWidth, sagittal: (low * depth) / 3 }
    center = toMidPlane(along(center, anterior, y))
    if (Math.abs(y) < 0.01) break
  }
  return {
    center,
    cranial,
    anterior,
    left,
    lateralRadius: radii.lateral,
    sagittalRadius: radii.sagittal,
    height: HEIGHT,
  }
}

/**
 * Mean trabecular density in a VOI, by the mid-point rule on slabs, rows and exact chords.
 *
 * @param step - Largest distance of sampling points in mm.
 */
export function meanDensity(shape: VertebralBodyShape, voi: ProtocolVoi, step: number): number {
  const slabs = Math.ceil(voi.height / step)
  const rows = Math.ceil((2 * voi.sagittalRadius) / step)
  let [weighted, volume] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const q = (2 * row + 1) / rows - 1
    const chord = voi.lateralRadius * Math.sqrt(1 - q * q)
    const points = Math.ceil((2 * chord) / step)
    const inRow = along(voi.center, voi.anterior, voi.sagittalRadius * q)
    let sum = 0
    for (let slab = 0; slab < slabs; slab++) {
      const [u, v, w] = along(inRow, voi.cranial, voi.height * ((slab + 0.5) / slabs - 0.5))
      for (let point = 0; point < points; point++) {
        const left = chord * ((2 * point + 1) / points - 1)
        sum += shape.trabecularDensity(u + voi.left[0] * left, v + voi.left[1] * left, w + voi.left[2] * left)
      }
    }
    weighted += (sum / (points * slabs)) * chord
    volume += chord
  }
  return weighted / volume
}
