import type { Sampler } from '../../core/volume/sampling.ts'
import { seenIn } from './bodyFrame.ts'
import type { BodySection } from './bodySection.ts'

/** The direction in which the walls of a body run, in its frame: mm to the left and to the front per mm to the head. */
export interface WallAxis {
  readonly slopeU: number
  readonly slopeV: number
}

/** Heights above and below the mid-plane at which the wall is compared, in mm; farther out the rims flare. */
const HEIGHTS_MM = [3, 4, 5, 6, 7, 8] as const
/** How far to either side of the wall its profile is compared, and in which steps, in mm. */
const PROFILE_MM = { reach: 4, step: 0.5 } as const
/** The wall behind this share of the half depth leads into the pedicles above the mid-plane and not below. */
const BEHIND = 0.3
const ROUNDS = 6
/** Slopes that move less than this are found. */
const SETTLED = 0.002
/** No body's walls lean more than this against the frame it was found in. */
const MOST_SLOPE = 0.3
/** A comparison with fewer samples says nothing. */
const LEAST_SAMPLES = 400

/** A point of the wall in the mid-plane with its outward direction. */
interface WallPoint {
  readonly u: number
  readonly v: number
  readonly nu: number
  readonly nv: number
}

function frontalWall({ frame, wall, depth }: BodySection): WallPoint[] {
  const corners = wall.map((point) => seenIn(frame, point))
  return corners.flatMap(([u, v], at) => {
    const before = corners[(at + corners.length - 1) % corners.length]!
    const after = corners[(at + 1) % corners.length]!
    const [tu, tv] = [after[0] - before[0], after[1] - before[1]]
    const length = Math.hypot(tu, tv)
    if (length === 0 || v < (-BEHIND * depth) / 2) return []
    const sign = Math.sign(tv * u - tu * v) || 1
    return [{ u, v, nu: (sign * tv) / length, nv: (-sign * tu) / length }]
  })
}

/**
 * Finds the direction of a body's walls by laying the wall above its mid-plane over the wall below.
 *
 * A body is waisted alike above and below its middle, so what remains when both are compared is its lean. In thick
 * slices this tells the tilt of endplates that lie within one slice and do not show it themselves.
 *
 * @returns null when too little of the wall lies in the scan, or no lean brings both together.
 */
export function wallAxis(sampler: Sampler, section: BodySection): WallAxis | null {
  const { origin, left, anterior, cranial } = section.frame
  const points = frontalWall(section)
  const sample = (u: number, v: number, s: number) =>
    sampler.atLps(
      origin[0] + u * left[0] + v * anterior[0] + s * cranial[0],
      origin[1] + u * left[1] + v * anterior[1] + s * cranial[1],
      origin[2] + u * left[2] + v * anterior[2] + s * cranial[2],
    )
  let [slopeU, slopeV] = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    let [uu, uv, vv, ru, rv, n] = [0, 0, 0, 0, 0, 0]
    for (const { u, v, nu, nv } of points) {
      for (const s of HEIGHTS_MM) {
        const [du, dv] = [slopeU * s, slopeV * s]
        for (let r = -PROFILE_MM.reach; r <= PROFILE_MM.reach; r += PROFILE_MM.step) {
          const [pu, pv] = [u + r * nu, v + r * nv]
          const above = sample(pu + du, pv + dv, s)
          const below = sample(pu - du, pv - dv, -s)
          const [h, hu, hv] = [PROFILE_MM.step, PROFILE_MM.step * nu, PROFILE_MM.step * nv]
          const outer = sample(pu + du + hu, pv + dv + hv, s) + sample(pu - du + hu, pv - dv + hv, -s)
          const inner = sample(pu + du - hu, pv + dv - hv, s) + sample(pu - du - hu, pv - dv - hv, -s)
          const change = (outer - inner) / (4 * h)
          const difference = above - below
          if (Number.isNaN(change) || Number.isNaN(difference)) continue
          // A further lean of (a, b) changes the difference by 2·s·change·(a·nu + b·nv).
          const [gu, gv] = [2 * s * change * nu, 2 * s * change * nv]
          uu += gu * gu
          uv += gu * gv
          vv += gv * gv
          ru -= gu * difference
          rv -= gv * difference
          n++
        }
      }
    }
    const determinant = uu * vv - uv * uv
    if (n < LEAST_SAMPLES || !(determinant > 0)) return null
    const [a, b] = [(vv * ru - uv * rv) / determinant, (uu * rv - uv * ru) / determinant]
    slopeU += a
    slopeV += b
    if (!(Math.hypot(slopeU, slopeV) <= MOST_SLOPE)) return null
    if (Math.hypot(a, b) < SETTLED) break
  }
  return { slopeU, slopeV }
}
