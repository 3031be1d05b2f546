import { QctError } from '../../core/errors.ts'
import type { LpsPoint } from '../../core/geometry/lps.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { sampleBlock } from './bodyBlock.ts'
import { type BodyFrame, bodyFrame, directionAt, pointAt } from './bodyFrame.ts'
import { findMidLine } from './bodySymmetry.ts'
import { findBodyWall, posteriorWall, wallPoints } from './bodyWall.ts'
import { smoothBlock } from './smoothBlock.ts'

/** A vertebral body in its mid-plane. */
export interface BodySection {
  /** The frame with its origin half-way between the walls and its anterior direction in the mid-sagittal plane. */
  readonly frame: BodyFrame
  /** The outer wall, from the left over the front. */
  readonly wall: readonly LpsPoint[]
  /** Largest extent of the wall from right to left, and its depth on the mid-line, in mm. */
  readonly width: number
  readonly depth: number
  /** Mean difference of left and right wall, in mm. */
  readonly asymmetry: number
  /** Share of rays with a clear edge. */
  readonly clearShare: number
}

/** The wall is averaged this far to either side of the mid-plane, in mm. */
const SLAB_MM = 4
/** How far the corners of the body may reach behind its hollow back, in mm; pedicles would lead on. */
const CORNER_MM = 5
/** The mid-line's ends are taken over a strip of this half width, in mm. */
const STRIP_MM = 5
/** Half the depth of a typical body: where the middle is sought in front of the posterior wall, in mm. */
const TYPICAL_HALF_DEPTH_MM = 16

/**
 * Finds the wall of a body in its mid-plane, its middle and its mid-sagittal direction.
 *
 * @param frame - Origin on the mid-plane, cranial direction at right angles to it.
 * @param canal - Middle of the canal in the mid-plane, (u, v) in that frame.
 * @throws {QctError} `BODY_WALL_NOT_FOUND`
 */
export function findBodySection(
  sampler: Sampler,
  frame: BodyFrame,
  canal: readonly [number, number],
  height: number,
): BodySection {
  const below = Math.min(9, 0.33 * height)
  const block = smoothBlock(
    sampleBlock(
      sampler,
      frame,
      [
        [-42, 42],
        [canal[1] - 6, canal[1] + 66],
        [-below - 1, SLAB_MM + 1],
      ],
      1,
    ),
    0.5,
    0,
  )
  const back = posteriorWall(block, canal[0], canal[1], [-below, 1])
  if (back === null) throw new QctError('BODY_WALL_NOT_FOUND', {})
  let middle: readonly [number, number] = [canal[0] / 2, back + TYPICAL_HALF_DEPTH_MM]
  let wall = null
  for (let round = 0; round < 2; round++) {
    wall = findBodyWall(block, {
      u: middle[0],
      v: middle[1],
      slab: [-SLAB_MM, SLAB_MM],
      backSlab: [-below, 0],
      backV: back,
      cornerDepth: CORNER_MM,
      canalV: canal[1],
    })
    const corners = wallPoints(wall)
    const us = corners.map(([u]) => u)
    const vs = corners.map(([, v]) => v)
    middle = [(Math.min(...us) + Math.max(...us)) / 2, (Math.min(...vs) + Math.max(...vs)) / 2]
  }
  if (wall === null || wall.clearShare < 0.4) throw new QctError('BODY_WALL_NOT_FOUND', {})

  const corners = wallPoints(wall)
  const mid = findMidLine(corners, canal)
  const turned = bodyFrame(
    pointAt(frame, mid.u, mid.v, 0),
    frame.cranial,
    directionAt(frame, Math.sin(mid.turn), Math.cos(mid.turn), 0),
  )
  const [cos, sin] = [Math.cos(mid.turn), Math.sin(mid.turn)]
  const own = corners.map(([u, v]) => {
    const [du, dv] = [u - mid.u, v - mid.v]
    return [du * cos - dv * sin, du * sin + dv * cos] as const
  })
  const us = own.map(([u]) => u)
  const [right, left] = [Math.min(...us), Math.max(...us)]
  const centerU = (right + left) / 2
  const [rear, front] = midLineEnds(own, centerU)
  const centerV = (rear + front) / 2
  const wallInWorld = own.map(([u, v]) => pointAt(turned, u, v, 0))
  return {
    frame: { ...turned, origin: pointAt(turned, centerU, centerV, 0) },
    wall: fromLeft(wallInWorld, own, centerU, centerV),
    width: left - right,
    depth: front - rear,
    asymmetry: mid.difference,
    clearShare: wall.clearShare,
  }
}

/** The mid-line's ends: mean of the back and of the front wall over a strip beside it, so that no corner counts. */
function midLineEnds(own: readonly (readonly [number, number])[], middle: number): readonly [number, number] {
  const sums = [0, 0]
  const counts = [0, 0]
  const near = own.filter(([u]) => Math.abs(u - middle) <= STRIP_MM)
  const between = near.reduce((sum, [, v]) => sum + v, 0) / near.length
  for (const [, v] of near) {
    const end = v > between ? 1 : 0
    sums[end]! += v
    counts[end]! += 1
  }
  return [sums[0]! / counts[0]!, sums[1]! / counts[1]!]
}

/** The outline started at its corner nearest to the left of the middle; rays already run over the front. */
function fromLeft(
  wall: readonly LpsPoint[],
  own: readonly (readonly [number, number])[],
  u: number,
  v: number,
): LpsPoint[] {
  let first = 0
  let least = Infinity
  own.forEach((corner, index) => {
    const angle = Math.abs(Math.atan2(corner[1] - v, corner[0] - u))
    if (angle < least) {
      least = angle
      first = index
    }
  })
  return [...wall.slice(first), ...wall.slice(0, first)]
}
