import { type BodyBlock, blockValue } from './bodyBlock.ts'

/** The axis of the spinal canal near a vertebra, as a straight line in a block's frame: u and v as functions of s. */
export interface CanalLine {
  readonly u: number
  readonly v: number
  /** Change of u and of v per mm of s. */
  readonly slopeU: number
  readonly slopeV: number
  /** Mean ring score along the line, 0 (no ring) to 1 (dark, and bone all round). */
  readonly score: number
}

const RAYS = 16
/** The canal is 15 to 30 mm wide and 12 to 22 mm deep: bone lies this far from its middle, in mm. */
const RING_MM = { near: 5, far: 17 }
/** Brighter than the canal by this much, in HU, counts as bone in full. A thin cortex under thick slices shows about that. */
const BONE_STEP_HU = 130
/** Where the canal may lie behind the seed, in mm, for seeds up to 10 mm from the body's centre. */
const BEHIND_MM = { near: 13, far: 46 }
const BESIDE_MM = 18
const GRID_MM = 2
const SLICE_MM = 3
const SLICES_MM = 21

/** How much a point looks like the middle of the canal: dark inside, brighter bone all round at a like distance. */
export function ringScore(block: BodyBlock, u: number, v: number, s: number): number {
  let inside = 0
  let brightest = -Infinity
  for (let ring = 0; ring < 9; ring++) {
    const radius = ring === 0 ? 0 : 3
    const angle = (ring * Math.PI) / 4
    const value = blockValue(block, u + radius * Math.cos(angle), v + radius * Math.sin(angle), s)
    inside += value / 9
    brightest = Math.max(brightest, value)
  }
  if (!(inside > -60 && inside < 110) || brightest > inside + 70) return 0
  let sum = 0
  for (let ray = 0; ray < RAYS; ray++) {
    const [cos, sin] = [Math.cos((2 * Math.PI * ray) / RAYS), Math.sin((2 * Math.PI * ray) / RAYS)]
    let highest = 0
    for (let r = RING_MM.near; r <= RING_MM.far; r += 1) {
      const value = blockValue(block, u + r * cos, v + r * sin, s) - inside
      if (value > highest) highest = value
    }
    sum += Math.min(1, highest / BONE_STEP_HU)
  }
  return sum / RAYS
}

/** Score maps on a grid behind the seed, one per section. */
function scoreMaps(block: BodyBlock) {
  const columns = Math.round((2 * BESIDE_MM) / GRID_MM) + 1
  const rows = Math.round((BEHIND_MM.far - BEHIND_MM.near) / GRID_MM) + 1
  const sections: { s: number; map: Float32Array }[] = []
  for (let s = -SLICES_MM; s <= SLICES_MM; s += SLICE_MM) {
    const map = new Float32Array(columns * rows)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        map[column + columns * row] = ringScore(
          block,
          column * GRID_MM - BESIDE_MM,
          -BEHIND_MM.far + row * GRID_MM,
          s,
        )
      }
    }
    sections.push({ s, map })
  }
  return { columns, rows, sections }
}

/**
 * Finds the spinal canal behind a seed: the straight line along which a dark middle is best ringed by bone.
 *
 * One line through all sections is sought at once, so a section without bone in front (disc) or behind (between the
 * laminae) is carried by the others. The line is then moved to the middle between its front and back, left and right
 * walls.
 *
 * @param block - Around the seed (its origin), smoothed by about 1 mm.
 * @returns null when nothing behind the seed is ringed by bone.
 */
export function findCanalLine(block: BodyBlock): CanalLine | null {
  const { columns, rows, sections } = scoreMaps(block)
  const value = (map: Float32Array, u: number, v: number) => {
    const x = (u + BESIDE_MM) / GRID_MM
    const y = (v + BEHIND_MM.far) / GRID_MM
    if (!(x >= 0 && y >= 0 && x <= columns - 1 && y <= rows - 1)) return 0
    const i = Math.min(x | 0, columns - 2)
    const j = Math.min(y | 0, rows - 2)
    const [fx, fy] = [x - i, y - j]
    const at = i + columns * j
    const near = map[at]! + fx * (map[at + 1]! - map[at]!)
    const far = map[at + columns]! + fx * (map[at + columns + 1]! - map[at + columns]!)
    return near + fy * (far - near)
  }
  // No section scores more than this, so many a line is known to lose before all its sections are read.
  const most = sections.map(({ map }) => map.reduce((high, score) => Math.max(high, score), 0))
  const left = most.map((_, index) => most.slice(index + 1).reduce((sum, high) => sum + high, 0))
  let best: CanalLine | null = null
  let bestMerit = 0
  for (let slopeV = -0.7; slopeV <= 0.71; slopeV += 0.1) {
    for (let slopeU = -0.6; slopeU <= 0.61; slopeU += 0.1) {
      const lean = 0.06 * (slopeU * slopeU + 0.5 * slopeV * slopeV)
      for (let v = -BEHIND_MM.far; v <= -BEHIND_MM.near; v += GRID_MM) {
        for (let u = -BESIDE_MM; u <= BESIDE_MM; u += GRID_MM) {
          const aside = 0.0003 * u * u
          // Less than this, with room for rounding, cannot be the best any more.
          const least = (bestMerit + aside + lean - 1e-9) * sections.length
          let sum = 0
          let index = 0
          for (; index < sections.length; index++) {
            const { s, map } = sections[index]!
            sum += value(map, u + slopeU * s, v + slopeV * s)
            if (sum + left[index]! < least) break
          }
          if (index < sections.length) continue
          const score = sum / sections.length
          // A seed lies near the mid-line, and spines lean little: between like scores the likelier line wins.
          const merit = score - aside - lean
          if (merit > bestMerit) {
            bestMerit = merit
            best = { u, v, slopeU, slopeV, score }
          }
        }
      }
    }
  }
  return best === null || best.score < 0.35 ? null : centred(block, best)
}

/** Distance to the first bright wall along a direction, in mm; null when there is none within reach. */
function wallDistance(
  block: BodyBlock,
  u: number,
  v: number,
  s: number,
  du: number,
  dv: number,
): number | null {
  const inside = blockValue(block, u, v, s)
  for (let r = 3; r <= 19; r += 0.5) {
    if (blockValue(block, u + r * du, v + r * dv, s) > inside + BONE_STEP_HU / 2) return r
  }
  return null
}

/** The line moved to the middle between opposite walls, by straight fits over the sections that show both. */
function centred(block: BodyBlock, line: CanalLine): CanalLine {
  const acrossU: [number, number][] = []
  const acrossV: [number, number][] = []
  for (let s = -SLICES_MM; s <= SLICES_MM; s += 1.5) {
    const u = line.u + line.slopeU * s
    const v = line.v + line.slopeV * s
    for (const off of [-2, 0, 2]) {
      const left = wallDistance(block, u, v + off, s, 1, 0)
      const right = wallDistance(block, u, v + off, s, -1, 0)
      if (left !== null && right !== null) acrossU.push([s, u + (left - right) / 2])
      const front = wallDistance(block, u + off, v, s, 0, 1)
      const back = wallDistance(block, u + off, v, s, 0, -1)
      if (front !== null && back !== null) acrossV.push([s, v + (front - back) / 2])
    }
  }
  const fitU = robustLine(acrossU, line.u, line.slopeU)
  const fitV = robustLine(acrossV, line.v, line.slopeV)
  return { u: fitU[0], slopeU: fitU[1], v: fitV[0], slopeV: fitV[1], score: line.score }
}

/** Straight line through points with Tukey weights about a first guess; the guess itself when points are few. */
function robustLine(
  points: readonly (readonly [number, number])[],
  start: number,
  slope: number,
): [number, number] {
  let [a, b] = [start, slope]
  for (let round = 0; round < 8; round++) {
    // The guess takes part like a handful of points, so that few or lopsided points cannot turn the line.
    let [w, sx, sy, sxx, sxy] = [4, 0, 4 * start, 4 * 150, 4 * 150 * slope]
    for (const [s, value] of points) {
      const off = (value - a - b * s) / 5
      if (Math.abs(off) >= 1) continue
      const weight = (1 - off * off) ** 2
      w += weight
      sx += weight * s
      sy += weight * value
      sxx += weight * s * s
      sxy += weight * s * value
    }
    const determinant = w * sxx - sx * sx
    a = (sxx * sy - sx * sxy) / determinant
    b = (w * sxy - sx * sy) / determinant
  }
  return [a, b]
}
