import { indexPoint, type LpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { toLps } from '../../core/geometry/volumeGeometry.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { createSampler } from '../../core/volume/sampling.ts'
import { type BodyBlock, blockValue, sampleBlock } from './bodyBlock.ts'
import { bodyFrame, pointAt } from './bodyFrame.ts'
import { ringScore } from './spinalCanal.ts'

/** Nodes of the search lie this far apart in all directions, in mm. */
const NODE_MM = 4
/** How far beside the middle of the trunk the canal may run, and how far behind and before it, in mm. */
const REACH_MM = { beside: 40, behind: 120, before: 40 }
/** A node must score more than this for a path to gain by it. */
const THRESHOLD = 0.4

/** The middle of what is not air, in the world: the trunk with the table. */
function trunkCentre({ geometry, voxels, rescale }: CtVolume): LpsPoint {
  const [ni, nj, nk] = geometry.size
  let [n, i0, j0] = [0, 0, 0]
  for (let k = 0; k < nk; k += 2) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++) {
        if (voxels[i + ni * (j + nj * k)]! * rescale.slope + rescale.intercept < -300) continue
        n++
        i0 += i
        j0 += j
      }
    }
  }
  const middle = n === 0 ? [ni / 2, nj / 2] : [i0 / n, j0 / n]
  return toLps(geometry, indexPoint(middle[0]!, middle[1]!, (nk - 1) / 2))
}

/** Like a vertebra in front: the mean CT number where a body or disc would lie, as a factor 0.3 to 1. */
function frontFactor(block: BodyBlock, u: number, v: number, s: number): number {
  let sum = 0
  for (let a = -8; a <= 8; a += 4) for (let b = 16; b <= 32; b += 4) sum += blockValue(block, u + a, v + b, s)
  const mean = sum / 25
  return 0.3 + 0.7 * Math.min(1, Math.max(0, (mean + 30) / 80))
}

/** The score of every node: rows of u, then v, then s. */
function nodeScores(block: BodyBlock, columns: number, rows: number, sections: number) {
  const scores = new Float32Array(columns * rows * sections)
  const low = block.low
  for (let c = 0; c < sections; c++) {
    for (let b = 0; b < rows; b++) {
      for (let a = 0; a < columns; a++) {
        const u = low[0] + 18 + a * NODE_MM
        const v = low[1] + 18 + b * NODE_MM
        const s = low[2] + c * NODE_MM
        const ring = ringScore(block, u, v, s)
        if (ring > 0.25) {
          scores[a + columns * (b + rows * c)] =
            ring * frontFactor(block, u, v, s) * Math.exp(-0.5 * (u / 30) ** 2)
        }
      }
    }
  }
  return scores
}

/**
 * Finds the spinal canal through a whole scan: the best piece of a path from slice to slice along which a dark middle
 * is ringed by bone, with a vertebra in front.
 *
 * Only the best piece is taken, never all slices: a path that must go on wanders into pelvis or field edge.
 *
 * @param coarse - A copy of the scan with voxels of about 2 mm.
 * @returns Points of the canal's middle from the feet upwards, about 4 mm apart; empty when there is none.
 */
export function findCanalPath(coarse: CtVolume): LpsPoint[] {
  const { geometry } = coarse
  const centre = trunkCentre(coarse)
  const halfLength = Math.abs((geometry.size[2] - 1) * geometry.spacing[2] * geometry.axes[2][2]) / 2
  const frame = bodyFrame(centre, lpsVector(0, 0, 1), lpsVector(0, -1, 0))
  const block = sampleBlock(
    createSampler(coarse),
    frame,
    [
      [-REACH_MM.beside - 18, REACH_MM.beside + 18],
      [-REACH_MM.behind - 18, REACH_MM.before + 18],
      [-halfLength, halfLength],
    ],
    2,
  )
  const columns = Math.floor((2 * REACH_MM.beside) / NODE_MM) + 1
  const rows = Math.floor((REACH_MM.behind + REACH_MM.before) / NODE_MM) + 1
  const sections = Math.floor((2 * halfLength) / NODE_MM) + 1
  const scores = nodeScores(block, columns, rows, sections)

  const plane = columns * rows
  const value = new Float32Array(scores.length)
  const from = new Int32Array(scores.length).fill(-1)
  let best = 0
  for (let c = 0; c < sections; c++) {
    for (let b = 0; b < rows; b++) {
      for (let a = 0; a < columns; a++) {
        const at = a + columns * b + plane * c
        let carried = 0
        if (c > 0) {
          for (let db = -1; db <= 1; db++) {
            for (let da = -1; da <= 1; da++) {
              const [x, y] = [a + da, b + db]
              if (x < 0 || y < 0 || x >= columns || y >= rows) continue
              const before = x + columns * y + plane * (c - 1)
              const gain = value[before]! - 0.12 * da * da - 0.05 * db * db
              if (gain > carried) {
                carried = gain
                from[at] = before
              }
            }
          }
        }
        value[at] = scores[at]! - THRESHOLD + carried
        if (value[at]! > value[best]!) best = at
      }
    }
  }
  if (!(value[best]! > 0)) return []
  const path: LpsPoint[] = []
  for (let at = best; at >= 0; at = from[at]!) {
    const c = Math.floor(at / plane)
    const b = Math.floor((at % plane) / columns)
    const a = at % columns
    path.push(
      pointAt(
        frame,
        block.low[0] + 18 + a * NODE_MM,
        block.low[1] + 18 + b * NODE_MM,
        block.low[2] + c * NODE_MM,
      ),
    )
  }
  return path.reverse()
}
