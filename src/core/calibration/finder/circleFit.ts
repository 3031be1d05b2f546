import { discStatistics, type PlaneImage, valueAt } from './planeImage.ts'

/** A disc as its edge shows it. */
export interface FittedCircle {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** RMS distance of the edge points from the circle, mm. */
  readonly roughness: number
  /** Share of the directions in which an edge of the right sign was seen. */
  readonly coverage: number
  /** Mean and SD inside 0.65 of the radius. */
  readonly inside: number
  readonly insideSd: number
  /** Median CT number just outside the edge. */
  readonly around: number
}

const DIRECTIONS = 48
/** How far from the expected radius the edge is looked for, mm. */
const REACH = 2.5
const STEP = 0.25
/** Edges farther than this from the expected radius count for less and less, mm. */
const NEAR = 1
/** Distance outside the edge at which the surroundings are read, mm: beyond the blur of the edge. */
const OUTSIDE = 3.2
/** Share of the radius that is certainly inside. */
const CORE = 0.65

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Centre and radius of the circle through points, by linear least squares. */
function circleThrough(points: readonly (readonly [number, number])[]) {
  const n = points.length
  let [mx, my] = [0, 0]
  for (const [x, y] of points) {
    mx += x / n
    my += y / n
  }
  let [uu, uv, vv, uuu, vvv, uvv, vuu] = [0, 0, 0, 0, 0, 0, 0]
  for (const [x, y] of points) {
    const [u, v] = [x - mx, y - my]
    uu += u * u
    uv += u * v
    vv += v * v
    uuu += u * u * u
    vvv += v * v * v
    uvv += u * v * v
    vuu += v * u * u
  }
  const determinant = uu * vv - uv * uv
  if (!(determinant > 1e-9)) return null
  const [right, below] = [0.5 * (uuu + uvv), 0.5 * (vvv + vuu)]
  const u = (right * vv - below * uv) / determinant
  const v = (below * uu - right * uv) / determinant
  return { x: mx + u, y: my + v, radius: Math.sqrt(u * u + v * v + (uu + vv) / n) }
}

/** Rises along one ray, reused: a circle asks for thousands. */
const rises = new Float64Array(2 * Math.round(REACH / STEP) + 3)

/**
 * The edge met on a ray from the middle of a disc: of all places where the CT number changes fastest, the one
 * nearest to the expected radius that is not faint beside the others. The steepest would often be the holder's
 * own face a few mm farther out.
 */
function edgeAlong(
  image: PlaneImage,
  x: number,
  y: number,
  cos: number,
  sin: number,
  radius: number,
  sign: number,
): { readonly radius: number; readonly rise: number } | null {
  const steps = rises.length
  const first = Math.max(1, radius - REACH - STEP)
  for (let at = 0; at < steps; at++) {
    const r = first + at * STEP
    rises[at] =
      sign *
      (valueAt(image, x + (r + 0.5) * cos, y + (r + 0.5) * sin) -
        valueAt(image, x + (r - 0.5) * cos, y + (r - 0.5) * sin))
  }
  let best: { radius: number; rise: number } | null = null
  let bestScore = 0
  for (let at = 1; at < steps - 1; at++) {
    const [before, rise, after] = [rises[at - 1]!, rises[at]!, rises[at + 1]!]
    if (!(rise > 0 && rise >= before && rise > after)) continue
    const bend = before - 2 * rise + after
    const r = first + (at + (bend < 0 ? (0.5 * (before - after)) / bend : 0)) * STEP
    const score = rise / (1 + ((r - radius) / NEAR) ** 4)
    if (score > bestScore) {
      bestScore = score
      best = { radius: r, rise }
    }
  }
  return best
}

/**
 * Fits a circle to the edge of a disc whose place is roughly known, to a fraction of a pixel.
 *
 * @param levels - The picture in which CT numbers are read; the same one, where that was not smoothed.
 * @returns null when too little of an edge is seen.
 */
export function fitCircle(
  image: PlaneImage,
  guess: { readonly x: number; readonly y: number; readonly radius: number; readonly isBright: boolean },
  levels: PlaneImage = image,
): FittedCircle | null {
  const sign = guess.isBright ? -1 : 1 // of the change from inside to outside
  let { x, y, radius } = guess
  let coverage = 0
  let roughness = 0
  for (let round = 0; round < 3; round++) {
    const points: [number, number][] = []
    const strengths: number[] = []
    for (let at = 0; at < DIRECTIONS; at++) {
      const angle = (2 * Math.PI * at) / DIRECTIONS
      const edge = edgeAlong(image, x, y, Math.cos(angle), Math.sin(angle), radius, sign)
      if (edge === null) continue
      points.push([x + edge.radius * Math.cos(angle), y + edge.radius * Math.sin(angle)])
      strengths.push(edge.rise)
    }
    if (points.length < DIRECTIONS / 3) return null
    const typical = median([...strengths])
    const clear = points.filter((_, at) => strengths[at]! > 0.35 * typical)
    const first = circleThrough(clear)
    if (first === null) return null
    // Points off the first circle belong to something else: the holder's face, a neighbouring rod.
    const offs = clear.map(([px, py]) => Math.abs(Math.hypot(px - first.x, py - first.y) - first.radius))
    const limit = Math.max(0.4, 2.5 * median([...offs]))
    const good = clear.filter((_, at) => offs[at]! <= limit)
    const fit = circleThrough(good)
    if (fit === null || !(fit.radius > 3 && fit.radius < 25)) return null
    if (Math.hypot(fit.x - guess.x, fit.y - guess.y) > 4) return null
    ;({ x, y, radius } = fit)
    coverage = good.length / DIRECTIONS
    roughness = Math.sqrt(
      good.reduce((sum, [px, py]) => sum + (Math.hypot(px - x, py - y) - radius) ** 2, 0) / good.length,
    )
  }
  const { mean, sd } = discStatistics(levels, x, y, CORE * radius)
  const outside = around(levels, x, y, radius)
  return { x, y, radius, roughness, coverage, inside: mean, insideSd: sd, around: outside }
}

/** Median CT number just outside a circle. */
export function around(image: PlaneImage, x: number, y: number, radius: number): number {
  const values: number[] = []
  for (let at = 0; at < DIRECTIONS; at++) {
    const angle = (2 * Math.PI * at) / DIRECTIONS
    const value = valueAt(
      image,
      x + (radius + OUTSIDE) * Math.cos(angle),
      y + (radius + OUTSIDE) * Math.sin(angle),
    )
    if (Number.isFinite(value)) values.push(value)
  }
  return median(values)
}
