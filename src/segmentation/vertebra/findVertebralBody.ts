import { QctError } from '../../core/errors.ts'
import { type LpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { angleBetween } from '../../core/geometry/vector.ts'
import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import { mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { createSampler } from '../../core/volume/sampling.ts'
import { sampleBlock } from './bodyBlock.ts'
import { type BodyFrame, bodyFrame } from './bodyFrame.ts'
import { type FoundBody, judgeBody } from './bodyQuality.ts'
import { type CoarseBody, coarseBodies } from './coarseBody.ts'
import { HEIGHT_MM } from './endplateSearch.ts'
import { heightBetween } from './planePair.ts'
import { plateBetween } from './plateBetween.ts'
import { checkSeed } from './seedCheck.ts'
import { type SettledBody, type SettleRequest, settleBody } from './settleBody.ts'
import { smoothBlock } from './smoothBlock.ts'
import { findCanalLine } from './spinalCanal.ts'

/** What a caller may ask for. */
export interface FindBodyRequest {
  /** Receives the share of the work done, 0 to 1. */
  readonly onProgress?: (share: number) => void
  /** How many ideas of where the endplates lie are settled at most; a chain of bodies asks for fewer. */
  readonly mostIdeas?: number
}

/** What is sampled about the seed to find the canal, in mm: to right and left, back and front, down and up. */
const AROUND_SEED_MM = [
  [-40, 40],
  [-66, 34],
  [-24, 24],
] as const
/** What makes the likeliest idea doubtful enough to settle the others beside it; wedge in degrees, height in SDs. */
const DOUBT = { between: 0.5, misfit: 1.2, wedge: 14, height: 1.6 }
/** Another idea must fit better than the likelier one by this factor. */
const BETTER = 0.8
/**
 * Where the likelier one spans a plate, another may fit a little worse but must show a smaller share of a plate inside: the
 * dark middle of a body in thick slices passes for one too.
 */
const OPEN = { notWorse: 1.3, clearer: 0.6 }

/**
 * Finds a vertebral body from one point inside it: its endplates, frame and wall.
 *
 * The spinal canal behind the seed gives the first direction; the endplates are the pair of planes that shows most
 * bony plate, refined by a model of the blurred plate between bone and disc; the wall is the closed line of the
 * cortex's outer edge in the mid-plane. Frame, plates and wall are found again in turn until they stay. Where that does
 * not fit well, the next likely pair of plates is tried, and the best is taken.
 *
 * @param seed - A point inside the body, best near its middle; up to about 8 mm off it changes nothing.
 * @throws {QctError} `SEED_OUTSIDE_VOLUME`, `SEED_NOT_IN_BONE`, `SPINAL_CANAL_NOT_FOUND`, `ENDPLATES_NOT_FOUND`,
 *   `BODY_WALL_NOT_FOUND`, `BODY_AT_VOLUME_EDGE`, `BODY_IMPLAUSIBLE`
 * @see docs/methods/spine-trabecular-vbmd.md
 */
export function findVertebralBody(
  volume: CtVolume,
  seed: LpsPoint,
  request: FindBodyRequest = {},
): FoundBody {
  const sampler = createSampler(volume)
  checkSeed(volume, sampler, seed)

  const upright = bodyFrame(seed, lpsVector(0, 0, 1), lpsVector(0, -1, 0))
  const around = smoothBlock(sampleBlock(sampler, upright, AROUND_SEED_MM, 1), 1, 1.2)
  const canal = findCanalLine(around)
  if (canal === null) throw new QctError('SPINAL_CANAL_NOT_FOUND', {})
  request.onProgress?.(0.3)

  const sliceSpacing = spacingAlong(volume, upright)
  const ideas = coarseBodies(sampler, upright, canal, sliceSpacing).slice(0, request.mostIdeas ?? Infinity)
  request.onProgress?.(0.5)
  const { settled, between } = bestOf(ideas, { volume, sampler, upright, canal, sliceSpacing })
  const { frame, fits, section } = settled
  request.onProgress?.(1)

  const body: VertebralBody = {
    center: frame.origin,
    cranial: frame.cranial,
    left: frame.left,
    anterior: frame.anterior,
    upper: { ...fits.upper.plane, residual: mm(fits.upper.fit.residual) },
    lower: { ...fits.lower.plane, residual: mm(fits.lower.fit.residual) },
    wall: section.wall,
  }
  return judgeBody({ sampler, body, section, fits, between, canalScore: canal.score, seed })
}

/** A settled idea and what speaks against it. */
interface Verdict {
  readonly settled: SettledBody
  /** Share of a plate that lies between its plates. */
  readonly between: number
  /** How ill the model fits, the more so the less likely the height is. */
  readonly cost: number
  readonly isDoubtful: boolean
}

function judged(settled: SettledBody, { sampler, sliceSpacing }: SettleRequest): Verdict {
  const { frame, fits } = settled
  const { plane: upper } = fits.upper
  const { plane: lower } = fits.lower
  const between = plateBetween(sampler, frame, upper, lower, sliceSpacing)
  const height = Math.log(heightBetween(frame, upper, lower) / HEIGHT_MM.typical) / HEIGHT_MM.spread
  const isDoubtful =
    between > DOUBT.between ||
    fits.misfit > DOUBT.misfit ||
    angleBetween(upper.normal, lower.normal) > DOUBT.wedge ||
    Math.abs(height) > DOUBT.height
  return { settled, between, cost: fits.misfit * Math.exp(height ** 2 / 2), isDoubtful }
}

/**
 * The likeliest idea, unless it leaves doubt: then the next ones are settled too, and of those with no plate between
 * their plates the best fit is taken.
 */
function bestOf(ideas: readonly CoarseBody[], request: SettleRequest): Verdict {
  let best: Verdict | null = null
  let fault: unknown = null
  for (const idea of ideas) {
    try {
      const verdict = judged(settleBody(request, idea), request)
      const isOpen = verdict.between <= DOUBT.between
      const isBest =
        best === null ||
        (isOpen && verdict.cost < BETTER * best.cost) ||
        (isOpen &&
          best.between > DOUBT.between &&
          verdict.between < OPEN.clearer * best.between &&
          verdict.settled.fits.misfit < OPEN.notWorse * best.settled.fits.misfit)
      if (isBest) best = verdict
      if (isBest && !verdict.isDoubtful) break
    } catch (error) {
      if (!(error instanceof QctError)) throw error
      fault ??= error
    }
  }
  if (best === null) throw fault
  return best
}

/** Slice spacing along the direction that is most nearly the frame's cranial one, in mm. */
function spacingAlong({ geometry }: CtVolume, { cranial }: BodyFrame): number {
  return Math.max(
    ...geometry.axes.map((axis, index) =>
      Math.abs(axis[0] * cranial[0] + axis[1] * cranial[1] + axis[2] * cranial[2]) > 0.7
        ? geometry.spacing[index]!
        : 0,
    ),
  )
}
