import { QctError } from '../../core/errors.ts'
import { add } from '../../core/geometry/vector.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { type BodyBlock, sampleBlock } from './bodyBlock.ts'
import { type BodyFrame, bodyFrame, directionAt, pointAt } from './bodyFrame.ts'
import { posteriorWall } from './bodyWall.ts'
import type { WorldPlane } from './endplatePlane.ts'
import { type PlaneGuess, searchEndplates } from './endplateSearch.ts'
import { midPoint } from './planePair.ts'
import { smoothBlock } from './smoothBlock.ts'
import type { CanalLine } from './spinalCanal.ts'

/** A first idea of a body: a frame in its middle and its two endplates. */
export interface CoarseBody {
  readonly frame: BodyFrame
  readonly upper: WorldPlane
  readonly lower: WorldPlane
}

/** Half the depth of a typical lumbar body, in mm: its middle lies that far before its posterior wall. */
const TYPICAL_HALF_DEPTH_MM = 15

/** How far a plate is smeared across itself by slices of this spacing, as SD in mm. */
const plateBlur = (sliceSpacing: number) => Math.hypot(0.8, 0.35 * sliceSpacing)

/**
 * Finds where the endplates of the body before a canal may lie: several ideas, the likeliest first.
 *
 * @param upright - The frame at the seed, in whose coordinates the canal is given.
 * @throws {QctError} `ENDPLATES_NOT_FOUND`; `BODY_AT_VOLUME_EDGE` when the scan ends where they should be.
 */
export function coarseBodies(
  sampler: Sampler,
  upright: BodyFrame,
  canal: CanalLine,
  sliceSpacing: number,
): CoarseBody[] {
  const cranial = directionAt(upright, canal.slopeU, canal.slopeV, 1)
  const onCanal = pointAt(upright, canal.u, canal.v, 0)
  const along = bodyFrame(onCanal, cranial, upright.anterior)
  // The seed's height on the canal: the canal's point nearest to the seed.
  const lift =
    (upright.origin[0] - onCanal[0]) * along.cranial[0] +
    (upright.origin[1] - onCanal[1]) * along.cranial[1] +
    (upright.origin[2] - onCanal[2]) * along.cranial[2]
  const frame = bodyFrame(pointAt(along, 0, 0, lift), cranial, upright.anterior)
  const block: BodyBlock = smoothBlock(
    sampleBlock(
      sampler,
      frame,
      [
        [-18, 18],
        [-4, 46],
        [-54, 54],
      ],
      1,
    ),
    0.8,
    Math.min(0.8, 0.5 * sliceSpacing),
  )
  const back = posteriorWall(block, 0, 0, [-6, 6]) ?? 9
  const centerV = back + TYPICAL_HALF_DEPTH_MM
  const found = searchEndplates(block, centerV, Math.max(1.4, plateBlur(sliceSpacing)))
  if (found.length === 0) throw endplatesMissing(block, centerV)
  const onPlane = (guess: PlaneGuess): WorldPlane => ({
    point: pointAt(frame, 0, centerV, guess.height),
    normal: directionAt(frame, -guess.slopeU, -guess.slopeV, 1),
  })
  return found.map((guess) => {
    const [upper, lower] = [onPlane(guess.upper), onPlane(guess.lower)]
    const up = add(upper.normal, lower.normal)
    const middle = midPoint(pointAt(frame, 0, centerV, 0), upper, lower, up)
    return { frame: bodyFrame(middle, up, frame.anterior), upper, lower }
  })
}

/** Missing plates near the end of the scan mean a body that is cut off. */
function endplatesMissing(block: BodyBlock, centerV: number): QctError {
  const [nu, nv, ns] = block.size
  const a = Math.round(-block.low[0] / block.step)
  const b = Math.min(nv - 1, Math.round((centerV - block.low[1]) / block.step))
  const isMissing = (s: number) => {
    const c = Math.round((s - block.low[2]) / block.step)
    return c < 0 || c >= ns || Number.isNaN(block.data[a + nu * (b + nv * c)]!)
  }
  if (isMissing(20)) return new QctError('BODY_AT_VOLUME_EDGE', { side: 'upper' })
  if (isMissing(-20)) return new QctError('BODY_AT_VOLUME_EDGE', { side: 'lower' })
  return new QctError('ENDPLATES_NOT_FOUND', { endplate: 'both' })
}
