import type { SlabPatch } from './slabPatch.ts'

/** A round section of a vessel in one slab. */
export interface VesselSection {
  readonly radius: number
  /** Up to 1 for an even disc with a clear edge all round; below 0 it is no vessel. */
  readonly score: number
}

/** Radii of an adult's abdominal aorta that are tried, in mm: 12 to 28 mm across. A project choice. */
const RADII_MM = [6, 7, 8, 9, 10, 11, 12.5, 14] as const
const ANGLES = Array.from({ length: 24 }, (_, n) => {
  const angle = (2 * Math.PI * n) / 24
  return [Math.cos(angle), Math.sin(angle)] as const
})
/** Where inside a circle, as shares of its radius, it must be even. */
const INSIDE = [0.25, 0.5, 0.75] as const
/** Mean CT numbers that blood with or without contrast agent can have, HU. */
const BLOOD_HU = [0, 900] as const
/** How much darker than the inside the neighbourhood must be for an edge, in HU, and as a share of the way to fat. */
const EDGE = { least: 20, shareOfWayToFat: 0.25, fat: -100 }
/** How much brighter bone or a plaque at the rim is, HU. */
const BONE_EDGE_HU = 70
/** What an edge to bone, and an SD of 25 HU inside, count against a clear edge to something darker. */
const WEIGHT = { bone: 0.6, unevenHu: 60, fault: 1.2 }

/** A difference of scores that decides nothing. */
const ALIKE = 0.02

/** The value at a point of the patch, by its nearest node; NaN outside. */
function valueAt({ size, step, origin, hu }: SlabPatch, x: number, y: number): number {
  const i = Math.round((x - origin[0]) / step)
  const j = Math.round((y - origin[1]) / step)
  return i < 0 || j < 0 || i >= size[0] || j >= size[1] ? Number.NaN : hu[i + size[0] * j]!
}

/** How well a circle fits a vessel: its rim against what lies outside, and how even it is. */
function circleScore(patch: SlabPatch, x: number, y: number, radius: number): number {
  let [n, sum, squares] = [1, valueAt(patch, x, y), valueAt(patch, x, y) ** 2]
  for (const share of INSIDE) {
    for (let ray = 0; ray < ANGLES.length; ray += 3) {
      const [dx, dy] = ANGLES[ray]!
      const value = valueAt(patch, x + share * radius * dx, y + share * radius * dy)
      n++
      sum += value
      squares += value * value
    }
  }
  const mean = sum / n
  if (!(mean >= BLOOD_HU[0] && mean <= BLOOD_HU[1])) return -1
  const sd = Math.sqrt(Math.max(0, squares / n - mean * mean))
  const drop = Math.max(EDGE.least, EDGE.shareOfWayToFat * (mean - EDGE.fat))
  let edges = 0
  let faults = 0
  for (const [dx, dy] of ANGLES) {
    const at = (r: number) => valueAt(patch, x + r * dx, y + r * dy)
    if (Math.abs(at(radius - 1.5) - mean) > drop) faults++
    const outside = [radius + 1.5, radius + 2.5, radius + 3.5].map(at)
    if (Math.min(...outside) < mean - drop) edges++
    else if (Math.max(...outside) > mean + BONE_EDGE_HU) edges += WEIGHT.bone
  }
  const score = (edges - WEIGHT.fault * faults) / ANGLES.length - sd / WEIGHT.unevenHu
  return Number.isNaN(score) ? -1 : score
}

/** The circle about a point that looks most like a section of the aorta. */
export function vesselSection(patch: SlabPatch, x: number, y: number): VesselSection {
  let best: VesselSection = { radius: 0, score: -1 }
  const middle = valueAt(patch, x, y)
  if (!(middle >= BLOOD_HU[0] - 40 && middle <= BLOOD_HU[1])) return best
  for (const radius of RADII_MM) {
    const score = circleScore(patch, x, y, radius)
    // Of circles that fit alike, the largest one reaches the wall.
    if (score > best.score - ALIKE) best = { radius, score: Math.max(score, best.score) }
  }
  return best
}
