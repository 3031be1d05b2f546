import type { PlacedVertebra, Vec3 } from './spineColumn.ts'

/** A bar of bone with rounded ends and elliptical section: the brick of arches, processes, ribs and pelvis. */
export interface BoneBar {
  readonly from: Vec3
  /** Unit direction and length of the bar's axis. */
  readonly along: Vec3
  readonly length: number
  /** Unit directions of the section's half axes, and these in mm; `endRadius` rounds the ends. */
  readonly across: Vec3
  readonly second: Vec3
  readonly radiusAcross: number
  readonly radiusSecond: number
  readonly endRadius: number
  /** Box round the bar, 2 mm wider than it: lowest and highest x, y, z. */
  readonly low: Vec3
  readonly high: Vec3
}

const subtract = (p: Vec3, q: Vec3): Vec3 => [p[0] - q[0], p[1] - q[1], p[2] - q[2]]
const dot = (p: Vec3, q: Vec3) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
const times = (p: Vec3, f: number): Vec3 => [p[0] * f, p[1] * f, p[2] * f]
const unit = (p: Vec3): Vec3 => times(p, 1 / Math.hypot(p[0], p[1], p[2]))

/**
 * Makes a bar between two points.
 *
 * @param hint - Roughly the direction of the second half axis; made exact at right angles to the bar.
 */
export function boneBar(
  from: Vec3,
  to: Vec3,
  hint: Vec3,
  radiusAcross: number,
  radiusSecond: number,
): BoneBar {
  const line = subtract(to, from)
  const length = Math.hypot(line[0], line[1], line[2])
  const along = times(line, 1 / length)
  const second = unit(subtract(hint, times(along, dot(hint, along))))
  const across: Vec3 = [
    along[1] * second[2] - along[2] * second[1],
    along[2] * second[0] - along[0] * second[2],
    along[0] * second[1] - along[1] * second[0],
  ]
  const endRadius = Math.min(radiusAcross, radiusSecond)
  const reach = (axis: 0 | 1 | 2) =>
    2 + Math.hypot(across[axis] * radiusAcross, second[axis] * radiusSecond, along[axis] * endRadius)
  const reaches: Vec3 = [reach(0), reach(1), reach(2)]
  const corner = (pick: (p: number, q: number) => number, sign: 1 | -1): Vec3 => [
    pick(from[0], to[0]) + sign * reaches[0],
    pick(from[1], to[1]) + sign * reaches[1],
    pick(from[2], to[2]) + sign * reaches[2],
  ]
  return {
    from,
    along,
    length,
    across,
    second,
    radiusAcross,
    radiusSecond,
    endRadius,
    low: corner(Math.min, -1),
    high: corner(Math.max, 1),
  }
}

/** Signed distance to a bar's surface: negative inside, first order (exact where it is zero). */
export function barDistance(bar: BoneBar, x: number, y: number, z: number): number {
  const { from, along, across, second } = bar
  const [rx, ry, rz] = [x - from[0], y - from[1], z - from[2]]
  const t = rx * along[0] + ry * along[1] + rz * along[2]
  const beyond = t < 0 ? t : t > bar.length ? t - bar.length : 0
  const a = (rx * across[0] + ry * across[1] + rz * across[2]) / bar.radiusAcross
  const b = (rx * second[0] + ry * second[1] + rz * second[2]) / bar.radiusSecond
  const c = beyond / bar.endRadius
  const square = a * a + b * b + c * c
  if (square < 0.01) return -0.9 * bar.endRadius
  const slope = Math.sqrt(
    (a / bar.radiusAcross) ** 2 + (b / bar.radiusSecond) ** 2 + (c / bar.endRadius) ** 2,
  )
  return (square - Math.sqrt(square)) / slope
}

/** The point of the exam at (u, v, w) of a vertebra's own coordinates. */
export function fromVertebra(vertebra: PlacedVertebra, u: number, v: number, w: number): Vec3 {
  const { center, left, anterior, cranial } = vertebra
  return [
    center[0] + left[0] * u + anterior[0] * v + cranial[0] * w,
    center[1] + left[1] * u + anterior[1] * v + cranial[1] * w,
    center[2] + left[2] * u + anterior[2] * v + cranial[2] * w,
  ]
}
