import { type BodyBlock, blockValue } from './bodyBlock.ts'

/** The wall of a vertebral body in a section: the distance from its middle along equally spaced rays. */
export interface RadialWall {
  /** Middle of the rays, in the block's frame. */
  readonly u: number
  readonly v: number
  /** Distance by ray; ray n points n/count of a turn from the left over the front. */
  readonly radius: Float64Array
  /** Share of the rays that show a clear edge. */
  readonly clearShare: number
}

const RAYS = 72
const STEP_MM = 0.5
const NEAR_MM = 7
const FAR_MM = 38
const STEPS = Math.round((FAR_MM - NEAR_MM) / STEP_MM) + 1
/** An edge that falls by this much per mm is as good as any. */
const FULL_EDGE_HU_PER_MM = 60

/** Where a section may find the wall. */
export interface WallRequest {
  readonly u: number
  readonly v: number
  /** The section's slab along s: front and sides, and back (below the pedicle roots), in mm. */
  readonly slab: readonly [number, number]
  readonly backSlab: readonly [number, number]
  /** The posterior wall on the mid-line, and how far behind it the corners of the body may reach. */
  readonly backV: number
  readonly cornerDepth: number
  /** Middle of the canal in the section: no wall lies behind it. */
  readonly canalV: number
}

/** Mean CT number along every ray, over the slab of its direction. */
function rayProfiles(block: BodyBlock, request: WallRequest): Float64Array {
  const profiles = new Float64Array(RAYS * STEPS)
  for (let ray = 0; ray < RAYS; ray++) {
    const angle = (2 * Math.PI * ray) / RAYS
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    // Pedicles spring from the upper half: behind, the section is taken lower. Between front and back it glides over.
    const behind = Math.min(1, Math.max(0, -sin * 2.5))
    const low = request.slab[0] + behind * (request.backSlab[0] - request.slab[0])
    const high = request.slab[1] + behind * (request.backSlab[1] - request.slab[1])
    const layers = 9
    for (let step = 0; step < STEPS; step++) {
      const r = NEAR_MM + step * STEP_MM
      let sum = 0
      for (let layer = 0; layer < layers; layer++) {
        const s = low + ((high - low) * layer) / (layers - 1)
        sum += blockValue(block, request.u + r * cos, request.v + r * sin, s)
      }
      profiles[ray * STEPS + step] = sum / layers
    }
  }
  return profiles
}

/** The cost of a wall at every step of every ray: low where a bright rim falls off outward. */
function edgeCosts(profiles: Float64Array, request: WallRequest): Float64Array {
  const costs = new Float64Array(RAYS * STEPS)
  for (let ray = 0; ray < RAYS; ray++) {
    const angle = (2 * Math.PI * ray) / RAYS
    const at = (step: number) => profiles[ray * STEPS + Math.min(STEPS - 1, Math.max(0, step))]!
    for (let step = 0; step < STEPS; step++) {
      const r = NEAR_MM + step * STEP_MM
      const fall = (at(step - 2) - at(step + 2)) / (4 * STEP_MM)
      // A rim is brighter than what lies 3 mm farther in; a vessel or a plain border of soft tissue is not.
      const rim = Math.max(0, at(step - 2) - Math.min(at(step - 8), at(step - 7)))
      const edge = Math.min(1, Math.max(0, fall / FULL_EDGE_HU_PER_MM))
      let cost = -edge * (0.5 + 0.5 * Math.min(1, rim / 60))
      const v = request.v + r * Math.sin(angle)
      const beyond = request.backV - request.cornerDepth - v
      if (beyond > 0) cost += 0.6 * beyond
      if (r > 28) cost += 0.02 * (r - 28)
      if (Number.isNaN(cost)) cost = 0.5
      costs[ray * STEPS + step] = cost
    }
  }
  return costs
}

/** The closed path of least cost: one step per ray, at most two steps of change, twice round so that it closes. */
function closedPath(costs: Float64Array): Int32Array {
  const turns = 3
  const total = RAYS * turns
  const value = new Float64Array(total * STEPS)
  const from = new Int32Array(total * STEPS)
  const reach = 4
  for (let ray = 0; ray < total; ray++) {
    const offset = (ray % RAYS) * STEPS
    for (let step = 0; step < STEPS; step++) {
      let best = ray === 0 ? 0 : Infinity
      let source = step
      if (ray > 0) {
        for (let jump = -reach; jump <= reach; jump++) {
          const before = step + jump
          if (before < 0 || before >= STEPS) continue
          const sum = value[(ray - 1) * STEPS + before]! + 0.035 * jump * jump
          if (sum < best) {
            best = sum
            source = before
          }
        }
      }
      value[ray * STEPS + step] = best + costs[offset + step]!
      from[ray * STEPS + step] = source
    }
  }
  let step = 0
  for (let at = 1; at < STEPS; at++) {
    if (value[(total - 1) * STEPS + at]! < value[(total - 1) * STEPS + step]!) step = at
  }
  const path = new Int32Array(RAYS)
  for (let ray = total - 1; ray >= RAYS; ray--) {
    if (ray < 2 * RAYS) path[ray - RAYS] = step
    step = from[ray * STEPS + step]!
  }
  return path
}

/** Where a ray falls to half-way between the rim's peak and the tissue outside; null without a clear edge. */
function halfWayCrossing(profiles: Float64Array, ray: number, step: number): number | null {
  const at = (index: number) => profiles[ray * STEPS + index]!
  const from = Math.max(0, step - 5)
  let peak = from
  for (let index = from; index <= Math.min(STEPS - 1, step + 2); index++)
    if (at(index) > at(peak)) peak = index
  let outside = Infinity
  for (let index = peak + 2; index <= Math.min(STEPS - 1, peak + 8); index++)
    outside = Math.min(outside, at(index))
  if (!(at(peak) - outside > 30)) return null
  const half = (at(peak) + outside) / 2
  for (let index = peak; index < Math.min(STEPS - 1, peak + 8); index++) {
    if (at(index) >= half && at(index + 1) < half) {
      return NEAR_MM + STEP_MM * (index + (at(index) - half) / (at(index) - at(index + 1)))
    }
  }
  return null
}

/** Smooths radii round the circle, each ray with its weight; rays without an edge are bridged by their neighbours. */
function smoothRadii(found: readonly (number | null)[], fallback: Int32Array): Float64Array {
  let radius = Float64Array.from(found, (r, ray) => r ?? NEAR_MM + STEP_MM * fallback[ray]!)
  const trust = Float64Array.from(found, (r) => (r === null ? 0.05 : 1))
  for (let round = 0; round < 3; round++) {
    const smooth = new Float64Array(RAYS)
    for (let ray = 0; ray < RAYS; ray++) {
      let sum = 0
      let weight = 0
      for (let off = -4; off <= 4; off++) {
        const other = (ray + off + RAYS) % RAYS
        const share = trust[other]! * Math.exp(-0.5 * (off / 1.3) ** 2)
        sum += share * radius[other]!
        weight += share
      }
      smooth[ray] = sum / weight
    }
    if (round < 2) {
      // An edge far off its neighbours is not this wall's.
      for (let ray = 0; ray < RAYS; ray++) {
        const off = Math.abs(radius[ray]! - smooth[ray]!) / 2.5
        trust[ray]! *= off >= 1 ? 0.02 : (1 - off * off) ** 2 + 0.02
      }
    } else {
      radius = smooth
    }
  }
  return radius
}

/**
 * Finds the outer wall of a vertebral body in a section at right angles to s: the closed line along which the cortex
 * falls off to the soft tissue outside, half-way between its peak and that tissue.
 *
 * @param block - Around the body, smoothed little, its frame upright on the endplates.
 */
export function findBodyWall(block: BodyBlock, request: WallRequest): RadialWall {
  const profiles = rayProfiles(block, request)
  const path = closedPath(edgeCosts(profiles, request))
  const found = Array.from(path, (step, ray) => halfWayCrossing(profiles, ray, step))
  const clear = found.filter((radius) => radius !== null).length
  return {
    u: request.u,
    v: request.v,
    radius: smoothRadii(found, path),
    clearShare: clear / RAYS,
  }
}

/** The corners of a wall in the block's frame, from the left over the front. */
export function wallPoints({ u, v, radius }: RadialWall): (readonly [number, number])[] {
  return Array.from(radius, (r, ray) => {
    const angle = (2 * Math.PI * ray) / radius.length
    return [u + r * Math.cos(angle), v + r * Math.sin(angle)] as const
  })
}

/**
 * The posterior wall on the mid-line: where, from the canal forward, the CT number rises half-way to the cortex.
 *
 * Taken over several lines beside the mid-line and below mid-height, so that the basivertebral foramen is bridged.
 *
 * @returns v of the wall; null when no rise stands out.
 */
export function posteriorWall(
  block: BodyBlock,
  u: number,
  canalV: number,
  slab: readonly [number, number],
): number | null {
  const edges: number[] = []
  for (let off = -7; off <= 7; off += 1) {
    const profile: number[] = []
    for (let step = 0; step <= 36; step++) {
      let sum = 0
      for (let layer = 0; layer < 7; layer++) {
        const s = slab[0] + ((slab[1] - slab[0]) * layer) / 6
        sum += blockValue(block, u + off, canalV + step * STEP_MM, s)
      }
      profile.push(sum / 7)
    }
    let best = { rise: 8, step: -1 }
    for (let step = 4; step < profile.length - 2; step++) {
      const rise = (profile[step + 2]! - profile[step - 2]!) / (4 * STEP_MM)
      if (rise > best.rise) best = { rise, step }
    }
    if (best.step > 0) edges.push(canalV + best.step * STEP_MM)
  }
  if (edges.length < 5) return null
  edges.sort((a, b) => a - b)
  return edges[edges.length >> 1]!
}
