import { lpsPoint } from '../../core/geometry/lps.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { slabPatch } from './slabPatch.ts'
import type { SpineCourse } from './spineCourse.ts'
import { vesselSection } from './vesselSection.ts'

/** One point of the aorta's middle line. */
export interface AortaPoint {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly radius: number
  readonly score: number
}

/** Slabs of this height follow each other at this distance; nodes in the slab lie so far apart. In mm. */
const SLAB_MM = { height: 6, step: 3, node: 1, lattice: 2 }
/** Where the aorta's middle may lie: from the column's middle to right and left, and before its front wall. In mm. */
const BOX_MM = { right: -16, left: 34, behindFront: 3, beforeFront: 42 }
/**
 * Where it mostly lies: a little left of the middle line, against the column's front. SDs in mm. Wide, so that they
 * decide between two vessels, not whether there is one.
 */
const USUAL = { left: 8, leftSd: 16, gap: 4, gapSd: 9, weight: 0.2 }
/** A path gains by a section whose score is above this. */
const THRESHOLD = 0.35
/** How much a step aside costs, per mm², and how far one may go. */
const STEP_COST = 0.02
const FARTHEST_STEP = 2
/** A shorter tube than this may be a loop of bowel, in mm. */
const LEAST_LENGTH_MM = 21

/** What speaks against a place beside the column: 0 where the aorta mostly lies. */
function unusual(left: number, gap: number): number {
  return USUAL.weight * (((left - USUAL.left) / USUAL.leftSd) ** 2 + ((gap - USUAL.gap) / USUAL.gapSd) ** 2)
}

/** Scores of all nodes of one slab, and their radii. */
function slabScores(sampler: Sampler, course: SpineCourse, z: number, columns: number, rows: number) {
  const spine = course.at(z)
  const [x0, y0] = [spine.x + BOX_MM.right, spine.y - spine.front - BOX_MM.beforeFront]
  const middle = lpsPoint(
    x0 + ((columns - 1) * SLAB_MM.lattice) / 2,
    y0 + ((rows - 1) * SLAB_MM.lattice) / 2,
    z,
  )
  const half = [columns, rows].map((n) => (n * SLAB_MM.lattice) / 2 + 20) as [number, number]
  const patch = slabPatch(sampler, middle, half, SLAB_MM.height, SLAB_MM.node)
  const points: AortaPoint[] = []
  for (let b = 0; b < rows; b++) {
    for (let a = 0; a < columns; a++) {
      const [x, y] = [x0 + a * SLAB_MM.lattice, y0 + b * SLAB_MM.lattice]
      const { radius, score } = vesselSection(patch, x, y)
      const gap = spine.y - spine.front - y - radius
      points.push({ x, y, z, radius, score: score - unusual(x - spine.x, gap) })
    }
  }
  return points
}

/**
 * Finds the abdominal aorta before the column: the best piece of a path from slab to slab along which there is an even
 * round section with an edge, somewhat left of the middle and close to the bodies. No CT number is asked for beyond that
 * of any blood, so an aorta full of contrast agent is found as well.
 *
 * @param range - Lowest and highest z to look at, LPS mm.
 * @returns The middle line from the feet upwards; empty when there is none of sufficient length.
 */
export function findAorta(
  sampler: Sampler,
  course: SpineCourse,
  range: readonly [number, number],
  onProgress: (share: number) => void,
): AortaPoint[] {
  const columns = Math.floor((BOX_MM.left - BOX_MM.right) / SLAB_MM.lattice) + 1
  const rows = Math.floor((BOX_MM.beforeFront + BOX_MM.behindFront) / SLAB_MM.lattice) + 1
  const slabs: AortaPoint[][] = []
  const gains: Float64Array[] = []
  const origins: Int32Array[] = []
  let end: { readonly slab: number; readonly at: number; readonly gain: number } = {
    slab: -1,
    at: 0,
    gain: 0,
  }
  for (let z = range[0] + SLAB_MM.height / 2; z <= range[1] - SLAB_MM.height / 2; z += SLAB_MM.step) {
    onProgress((z - range[0]) / (range[1] - range[0]))
    const points = slabScores(sampler, course, z, columns, rows)
    const before = gains.at(-1)
    const gain = new Float64Array(points.length)
    const origin = new Int32Array(points.length).fill(-1)
    for (let at = 0; at < points.length; at++) {
      const [a, b] = [at % columns, Math.floor(at / columns)]
      let most = 0
      for (let db = -FARTHEST_STEP; before !== undefined && db <= FARTHEST_STEP; db++) {
        for (let da = -FARTHEST_STEP; da <= FARTHEST_STEP; da++) {
          if (a + da < 0 || a + da >= columns || b + db < 0 || b + db >= rows) continue
          const from = at + da + columns * db
          const cost = STEP_COST * SLAB_MM.lattice ** 2 * (da * da + db * db)
          if (before[from]! - cost > most) {
            most = before[from]! - cost
            origin[at] = from
          }
        }
      }
      gain[at] = most + points[at]!.score - THRESHOLD
      if (gain[at]! > end.gain) end = { slab: slabs.length, at, gain: gain[at]! }
    }
    slabs.push(points)
    gains.push(gain)
    origins.push(origin)
  }
  const path: AortaPoint[] = []
  for (let { slab, at } = end; slab >= 0 && at >= 0; slab--) {
    path.push(slabs[slab]![at]!)
    at = origins[slab]![at]!
  }
  return (path.length - 1) * SLAB_MM.step < LEAST_LENGTH_MM ? [] : path.reverse()
}
