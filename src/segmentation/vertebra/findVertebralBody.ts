import { QctError } from '../../core/errors.ts'
import { type LpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { add, distance } from '../../core/geometry/vector.ts'
import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import { mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { createSampler, type Sampler } from '../../core/volume/sampling.ts'
import { type BodyBlock, sampleBlock, smoothBlock } from './bodyBlock.ts'
import { type BodyFrame, bodyFrame, directionAt, pointAt } from './bodyFrame.ts'
import { type FoundBody, judgeBody } from './bodyQuality.ts'
import { type BodySection, findBodySection } from './bodySection.ts'
import { posteriorWall } from './bodyWall.ts'
import { type FittedPlates, fitEndplates, type WorldPlane } from './endplatePlane.ts'
import { searchEndplates } from './endplateSearch.ts'
import { checkSeed } from './seedCheck.ts'
import { findCanalLine } from './spinalCanal.ts'

/** What a caller may ask for. */
export interface FindBodyRequest {
  /** Receives the share of the work done, 0 to 1. */
  readonly onProgress?: (share: number) => void
}

/** The body is measured again in its own new frame until it stays where it is. */
const ROUNDS = 4
/** A centre that moves less than this between two rounds is settled, in mm. */
const SETTLED_MM = 0.15
/** Plates narrower than this share of the body belong to its central part. */
const CENTRAL_SHARE = 0.6
/** Size of a typical lumbar body before its walls are known: half width and half depth in mm. */
const TYPICAL_HALF = { width: 22, depth: 16 }

/** How far a plate is smeared across itself by slices of this spacing, as SD in mm. */
const plateBlur = (sliceSpacing: number) => Math.hypot(0.8, 0.35 * sliceSpacing)

/**
 * Finds a vertebral body from one point inside it: its endplates, frame and wall.
 *
 * The spinal canal behind the seed gives the first direction; the endplates are the pair of planes that shows most
 * bony plate, refined by a model of the blurred plate between bone and disc; the wall is the closed line of the
 * cortex's outer edge in the mid-plane. Frame, plates and wall are found again in turn until they stay.
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
  const around = smoothBlock(
    sampleBlock(
      sampler,
      upright,
      [
        [-40, 40],
        [-66, 34],
        [-24, 24],
      ],
      1,
    ),
    1,
    1.2,
  )
  const canal = findCanalLine(around)
  if (canal === null) throw new QctError('SPINAL_CANAL_NOT_FOUND', {})
  request.onProgress?.(0.3)

  const sliceSpacing = spacingAlong(volume, upright)
  const coarse = coarsePlates(sampler, upright, canal, sliceSpacing)
  request.onProgress?.(0.5)

  let { upper, lower } = coarse
  const roughHeight = Math.max(14, heightAt(coarse.frame, upper, lower))
  // The wall between the coarse plates puts the columns of the first fit well inside the body.
  let section: BodySection = findBodySection(
    sampler,
    coarse.frame,
    canalIn(coarse.frame, upright, canal),
    roughHeight,
  )
  let frame = section.frame
  let half = { width: section.width / 2, depth: section.depth / 2 }
  let fits: FittedPlates | null = null
  for (let round = 0; round < ROUNDS; round++) {
    const ellipse = {
      u: 0,
      v: 0,
      halfWidth: CENTRAL_SHARE * half.width,
      halfDepth: CENTRAL_SHARE * half.depth,
    }
    fits = fitEndplates(volume, frame, ellipse, { upper, lower }, { sliceSpacing, isFirst: round === 0 || (round === 1 && sliceSpacing > 1.8) })
    upper = fits.upper.plane
    lower = fits.lower.plane

    const cranial = add(upper.normal, lower.normal)
    const levelled = bodyFrame(midPoint(frame.origin, upper, lower, cranial), cranial, frame.anterior)
    const height = heightAt(levelled, upper, lower)
    if (!(height > 12 && height < 46)) {
      throw new QctError('BODY_IMPLAUSIBLE', { quantity: 'height', found: height, low: 14, high: 42 })
    }
    section = findBodySection(sampler, levelled, canalIn(levelled, upright, canal), height)
    half = { width: section.width / 2, depth: section.depth / 2 }
    const moved = distance(frame.origin, section.frame.origin)
    frame = section.frame
    request.onProgress?.(0.5 + (0.5 * (round + 1)) / ROUNDS)
    if (round > 0 && moved < SETTLED_MM) break
  }
  if (fits === null) throw new QctError('ENDPLATES_NOT_FOUND', { endplate: 'both' })

  const body: VertebralBody = {
    center: frame.origin,
    cranial: frame.cranial,
    left: frame.left,
    anterior: frame.anterior,
    upper: { ...upper, residual: mm(fits.upper.fit.residual) },
    lower: { ...lower, residual: mm(fits.lower.fit.residual) },
    wall: section.wall,
  }
  return judgeBody({ sampler, body, section, fits, canalScore: canal.score, seed })
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

type Canal = NonNullable<ReturnType<typeof findCanalLine>>

/** The first frame, from the canal, and the two plates found coarsely in it. */
function coarsePlates(sampler: Sampler, upright: BodyFrame, canal: Canal, sliceSpacing: number) {
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
  const centerV = back + TYPICAL_HALF.depth
  const found = searchEndplates(block, centerV, Math.max(1.4, plateBlur(sliceSpacing)))
  if (found === null) throw endplatesMissing(block, centerV)
  const onPlane = (guess: typeof found.upper): WorldPlane => ({
    point: pointAt(frame, 0, centerV, guess.height),
    normal: directionAt(frame, -guess.slopeU, -guess.slopeV, 1),
  })
  const [upper, lower] = [onPlane(found.upper), onPlane(found.lower)]
  const up = add(upper.normal, lower.normal)
  const middle = midPoint(pointAt(frame, 0, centerV, 0), upper, lower, up)
  return { frame: bodyFrame(middle, up, frame.anterior), upper, lower }
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

/** The point half-way between two planes on the line through `from` along `cranial`. */
function midPoint(
  from: LpsPoint,
  upper: WorldPlane,
  lower: WorldPlane,
  cranial: WorldPlane['normal'],
): LpsPoint {
  const size = Math.hypot(cranial[0], cranial[1], cranial[2])
  const unit = lpsVector(cranial[0] / size, cranial[1] / size, cranial[2] / size)
  const line: BodyFrame = { origin: from, cranial: unit, left: unit, anterior: unit }
  const middle = (guessAlong(line, upper) + guessAlong(line, lower)) / 2
  return pointAt({ ...line }, 0, 0, middle)
}

/** Where the line through a frame's origin along its cranial direction meets a plane. */
function guessAlong({ origin, cranial }: BodyFrame, { point, normal }: WorldPlane): number {
  let toPlane = 0
  let lean = 0
  for (const axis of [0, 1, 2] as const) {
    toPlane += (point[axis] - origin[axis]) * normal[axis]
    lean += cranial[axis] * normal[axis]
  }
  return toPlane / lean
}

/** Distance of the endplates along the cranial direction through the frame's origin. */
const heightAt = (frame: BodyFrame, upper: WorldPlane, lower: WorldPlane) =>
  guessAlong(frame, upper) - guessAlong(frame, lower)

/** The canal's middle at the height of a frame's origin, in that frame. */
function canalIn(frame: BodyFrame, upright: BodyFrame, canal: Canal): readonly [number, number] {
  const at = pointAt(upright, canal.u, canal.v, 0)
  const along = directionAt(upright, canal.slopeU, canal.slopeV, 1)
  const step = guessAlong(
    { ...frame, origin: at, cranial: along },
    { point: frame.origin, normal: frame.cranial },
  )
  const meet = [0, 1, 2].map((axis) => at[axis]! + step * along[axis]! - frame.origin[axis]!)
  const dotWith = (axis: readonly number[]) => meet[0]! * axis[0]! + meet[1]! * axis[1]! + meet[2]! * axis[2]!
  return [dotWith(frame.left), dotWith(frame.anterior)]
}
