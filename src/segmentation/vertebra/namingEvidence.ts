import { lpsPoint } from '../../core/geometry/lps.ts'
import { toIndex } from '../../core/geometry/volumeGeometry.ts'
import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { createSampler, type Sampler } from '../../core/volume/sampling.ts'
import { type BodyFrame, pointAt, seenIn } from './bodyFrame.ts'

/** What the surroundings of one body say about its name. */
export interface NamingEvidence {
  /** Bone beside the body where only a sacrum has its wings: share of the weaker side, at the body's own height. */
  readonly wings: number
  /** The same, at the height of the next body below. */
  readonly wingsBelow: number
  /** Whether a rib leaves from this body, on the patient's left and right. */
  readonly ribs: readonly [boolean, boolean]
  /** Whether the scan reaches far enough to either side to show a rib, and below to show wings. */
  readonly fieldShowsRibs: boolean
  readonly fieldShowsBelow: boolean
}

/** On a 3 mm copy, soft tissue without contrast stays below, in HU. */
const BONE_HU = 120
/** Sacral wings fill the space this far beside the mid-line and this far behind and before the body's middle, in mm. */
const WING_MM = { near: 28, far: 44, deep: 14 }
/** A rib reaches this far beside the mid-line; a transverse process ends before, in mm. */
const RIB_REACH_MM = 60
/** Growing begins and stays beyond this distance from the mid-line: the body itself joins everything. */
const RIB_START_MM = 22
/** What grows larger is no rib: a kidney or bowel with contrast, the pelvis. In mm³. */
const RIB_MOST_MM3 = 40_000

/** The largest share of bone, over the given heights, of the weaker side. */
function wingShare(sampler: Sampler, frame: BodyFrame, from: number, to: number): number {
  let most = 0
  for (let s = from; s <= to; s += 5) {
    const shares = [-1, 1].map((side) => {
      let bone = 0
      let n = 0
      for (let u = WING_MM.near; u <= WING_MM.far; u += 2) {
        for (let v = -WING_MM.deep; v <= WING_MM.deep; v += 2) {
          const value = sampler.at(pointAt(frame, side * u, v, s))
          if (Number.isNaN(value)) continue
          n++
          if (value > BONE_HU) bone++
        }
      }
      return n < 40 ? 0 : bone / n
    })
    most = Math.max(most, Math.min(...shares))
  }
  return most
}

/** Whether bone that leaves beside the body reaches as far out as only a rib does. */
function hasRib(coarse: CtVolume, frame: BodyFrame, side: 1 | -1): boolean {
  const { geometry, voxels, rescale } = coarse
  const [ni, nj, nk] = geometry.size
  const voxelMm3 = geometry.spacing[0] * geometry.spacing[1] * geometry.spacing[2]
  const isBone = (at: number) => voxels[at]! * rescale.slope + rescale.intercept > BONE_HU
  const seen = new Set<number>()
  const queue: number[] = []
  // Heads and necks of ribs lie beside and behind the body, level with it.
  for (let u = RIB_START_MM; u <= 36; u += 2) {
    for (let v = -34; v <= -4; v += 2) {
      for (let s = -10; s <= 14; s += 2) {
        const index = toIndex(geometry, pointAt(frame, side * u, v, s)).map(Math.round)
        const [i, j, k] = index as [number, number, number]
        if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) continue
        const at = i + ni * (j + nj * k)
        if (seen.has(at) || !isBone(at)) continue
        seen.add(at)
        queue.push(at)
      }
    }
  }
  const { origin, spacing, axes } = geometry
  let farthest = 0
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!
    const i = at % ni
    const j = Math.floor(at / ni) % nj
    const k = Math.floor(at / (ni * nj))
    for (let step = 0; step < 27; step++) {
      const [x, y, z] = [i + (step % 3) - 1, j + (Math.floor(step / 3) % 3) - 1, k + Math.floor(step / 9) - 1]
      if (x < 0 || y < 0 || z < 0 || x >= ni || y >= nj || z >= nk) continue
      const next = x + ni * (y + nj * z)
      if (seen.has(next) || !isBone(next)) continue
      const world = [0, 1, 2].map(
        (a) =>
          origin[a]! +
          x * spacing[0] * axes[0][a]! +
          y * spacing[1] * axes[1][a]! +
          z * spacing[2] * axes[2][a]!,
      ) as [number, number, number]
      const [u, v, s] = seenIn(frame, lpsPoint(...world))
      // Ribs run out, back and down; what leads up or to the front belongs to something else.
      if (side * u < RIB_START_MM || v > 30 || s > 25 || s < -90) continue
      seen.add(next)
      queue.push(next)
      farthest = Math.max(farthest, side * u)
    }
    if (queue.length * voxelMm3 > RIB_MOST_MM3) return false
  }
  return farthest >= RIB_REACH_MM
}

/**
 * Gathers what the surroundings of a body say about its name: sacral wings beside or below it, ribs that leave it.
 *
 * @param coarse - A copy of the whole scan with voxels of about 3 mm.
 * @param step - Distance to the next body below, in mm.
 */
export function namingEvidence(coarse: CtVolume, body: VertebralBody, step: number): NamingEvidence {
  const sampler = createSampler(coarse)
  const frame: BodyFrame = {
    origin: body.center,
    left: body.left,
    anterior: body.anterior,
    cranial: body.cranial,
  }
  const inField = (u: number, v: number, s: number) => !Number.isNaN(sampler.at(pointAt(frame, u, v, s)))
  return {
    wings: wingShare(sampler, frame, -10, 10),
    wingsBelow: wingShare(sampler, frame, -step - 10, -0.6 * step),
    ribs: [hasRib(coarse, frame, 1), hasRib(coarse, frame, -1)],
    fieldShowsRibs: [-1, 1].every((side) => inField(side * (RIB_REACH_MM + 5), -20, -15)),
    fieldShowsBelow: inField(0, 0, -step - 5),
  }
}
