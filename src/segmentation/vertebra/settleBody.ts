import { QctError } from '../../core/errors.ts'
import { add, distance } from '../../core/geometry/vector.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { type BodyFrame, bodyFrame, directionAt, pointAt } from './bodyFrame.ts'
import { type BodySection, findBodySection } from './bodySection.ts'
import type { CoarseBody } from './coarseBody.ts'
import { type FittedPlates, fitEndplates } from './endplatePlane.ts'
import { heightBetween, heightOnAxis, midPoint } from './planePair.ts'
import type { CanalLine } from './spinalCanal.ts'
import { wallAxis } from './wallAxis.ts'

/** A body whose frame, endplates and wall agree with each other. */
export interface SettledBody {
  readonly frame: BodyFrame
  readonly fits: FittedPlates
  readonly section: BodySection
}

/** What the rounds work on. */
export interface SettleRequest {
  readonly volume: CtVolume
  readonly sampler: Sampler
  /** The frame at the seed, in whose coordinates the canal is given. */
  readonly upright: BodyFrame
  readonly canal: CanalLine
  readonly sliceSpacing: number
}

/** The body is measured again in its own new frame until it stays where it is. */
const ROUNDS = 4
/** A centre that moves less than this between two rounds is settled, in mm. */
const SETTLED_MM = 0.15
/** The central part of the body, in which a plate is fitted, as share of its half width and half depth. */
const CENTRAL_SHARE = 0.6
/** In slices farther apart than this, in mm, the second round tries several starts as well. */
const THICK_MM = 1.8
/** Outside these heights, in mm, nothing is worth another round. */
const HEIGHT_MM = { low: 12, high: 46 }

/**
 * Finds endplates, frame and wall of a body in turn, from a first idea, until they stay.
 *
 * @throws {QctError} `BODY_WALL_NOT_FOUND`, `BODY_AT_VOLUME_EDGE`, `BODY_IMPLAUSIBLE`
 */
export function settleBody(request: SettleRequest, idea: CoarseBody): SettledBody {
  const { volume, sampler, upright, canal, sliceSpacing } = request
  let { upper, lower } = idea
  const sectionAt = (frame: BodyFrame, height: number) =>
    findBodySection(sampler, frame, canalIn(frame, upright, canal), height)
  // The wall between the coarse plates puts the columns of the first fit well inside the body.
  let section = sectionAt(idea.frame, Math.max(14, heightBetween(idea.frame, upper, lower)))
  let fits: FittedPlates | null = null
  for (let round = 0; round < ROUNDS; round++) {
    const { frame } = section
    const ellipse = {
      u: 0,
      v: 0,
      halfWidth: (CENTRAL_SHARE * section.width) / 2,
      halfDepth: (CENTRAL_SHARE * section.depth) / 2,
    }
    const isFirst = round === 0 || (round === 1 && sliceSpacing > THICK_MM)
    const axis = sliceSpacing > THICK_MM ? wallAxis(sampler, section) : null
    fits = fitEndplates(volume, frame, ellipse, { upper, lower }, { sliceSpacing, isFirst, axis })
    upper = fits.upper.plane
    lower = fits.lower.plane

    const cranial = add(upper.normal, lower.normal)
    const levelled = bodyFrame(midPoint(frame.origin, upper, lower, cranial), cranial, frame.anterior)
    const height = heightBetween(levelled, upper, lower)
    if (!(height > HEIGHT_MM.low && height < HEIGHT_MM.high)) {
      throw new QctError('BODY_IMPLAUSIBLE', { quantity: 'height', found: height, ...HEIGHT_MM })
    }
    section = sectionAt(levelled, height)
    if (round > 0 && distance(frame.origin, section.frame.origin) < SETTLED_MM) break
  }
  if (fits === null) throw new QctError('ENDPLATES_NOT_FOUND', { endplate: 'both' })
  return { frame: section.frame, fits, section }
}

/** The canal's middle at the height of a frame's origin, in that frame. */
function canalIn(frame: BodyFrame, upright: BodyFrame, canal: CanalLine): readonly [number, number] {
  const at = pointAt(upright, canal.u, canal.v, 0)
  const along = directionAt(upright, canal.slopeU, canal.slopeV, 1)
  const step = heightOnAxis({ origin: at, cranial: along }, { point: frame.origin, normal: frame.cranial })
  const meet = [0, 1, 2].map((axis) => at[axis]! + step * along[axis]! - frame.origin[axis]!)
  const dotWith = (axis: readonly number[]) => meet[0]! * axis[0]! + meet[1]! * axis[1]! + meet[2]! * axis[2]!
  return [dotWith(frame.left), dotWith(frame.anterior)]
}
