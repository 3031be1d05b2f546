import { QctError } from '../../core/errors.ts'
import { type LpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import {
  add,
  displacement,
  distance,
  dot,
  normalize,
  reject,
  scale,
  translate,
} from '../../core/geometry/vector.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { FoundBody } from './bodyQuality.ts'
import { findVertebralBody } from './findVertebralBody.ts'

/** Bodies found one after another, from the feet upwards. */
export interface VertebraChain {
  readonly bodies: readonly FoundBody[]
  /** Why the chain ended below and above. */
  readonly below: ChainEnd
  readonly above: ChainEnd
}

/** The scan ended, or nothing that fits the chain was found. */
export type ChainEnd = 'scan ends' | 'no further body'

/** From the canal's middle to the body's, in mm. */
const CANAL_TO_BODY_MM = 25
/** Disc and both plates: the distance of the next body's plate, in mm. */
const DISC_MM = { least: 1.5, typical: 8, most: 18 }
/** Neighbours differ in height by less than this factor. */
const HEIGHT_RATIO = 1.35
/** Sacrum, five lumbar bodies, T12 and two above: more name nothing. */
const MOST_BODIES = 9

/** A body that can carry a chain: nothing about it in doubt. */
const isSound = ({ quality, warnings }: FoundBody) =>
  warnings.every(({ code }) => code !== 'BODY_WALL_UNCERTAIN' && code !== 'ENDPLATE_IRREGULAR') &&
  quality.canalScore > 0.5 &&
  Math.min(quality.upperRidge, quality.lowerRidge) > 25 &&
  // Less is as likely a disc between two bright plates.
  quality.height > 17 &&
  quality.height < 40 &&
  quality.wedge < 20

/** Looks for one body: each look is announced, so that a caller can stop the search between two of them. */
type Attempt = (seed: LpsPoint) => FoundBody | QctError

function bodyFrom(volume: CtVolume, seed: LpsPoint): FoundBody | QctError {
  try {
    return findVertebralBody(volume, seed, { mostIdeas: 2 })
  } catch (error) {
    if (error instanceof QctError) return error
    throw error
  }
}

/** The point of the path nearest to the given one, and the path's direction to the head there. */
function pathAt(path: readonly LpsPoint[], near: LpsPoint) {
  let best = 0
  path.forEach((point, index) => {
    if (distance(point, near) < distance(path[best]!, near)) best = index
  })
  const from = path[Math.max(0, best - 5)]!
  const to = path[Math.min(path.length - 1, best + 5)]!
  return { point: path[best]!, tangent: normalize(displacement(from, to)) }
}

/** So many places of the path are tried for a start. */
const START_TRIES = 24
/** Share of the search that finding a start is counted for. */
const START_SHARE = 0.2

/** A sound body whose finding from its own centre gives itself again: the start of a chain. */
function startBody(
  attempt: Attempt,
  path: readonly LpsPoint[],
  onTry: (share: number) => void,
): FoundBody | null {
  // The middle of the path first, then outwards: its ends may lie in pelvis or thorax.
  const tries = path
    .map((_, index) => index)
    .sort((a, b) => Math.abs(a - path.length / 2) - Math.abs(b - path.length / 2))
  const places = tries.filter((_, order) => order % 2 === 0).slice(0, START_TRIES)
  for (const [order, index] of places.entries()) {
    onTry(order / START_TRIES)
    const { point, tangent } = pathAt(path, path[index]!)
    const front = normalize(reject(lpsVector(0, -1, 0), tangent))
    const found = attempt(translate(point, front, CANAL_TO_BODY_MM))
    if (found instanceof QctError || !isSound(found)) continue
    const again = attempt(found.body.center)
    if (!(again instanceof QctError) && distance(again.body.center, found.body.center) < 1.5) return again
  }
  return null
}

/** The distance of two neighbours' plates and whether they can be neighbours. */
function areNeighbours(lower: FoundBody, upper: FoundBody): boolean {
  const up = normalize(add(lower.body.cranial, upper.body.cranial))
  const apart = dot(displacement(lower.body.center, upper.body.center), up)
  const disc = apart - (lower.quality.height + upper.quality.height) / 2
  const sideways = distance(translate(lower.body.center, up, apart), upper.body.center)
  const ratio = upper.quality.height / lower.quality.height
  return (
    disc > DISC_MM.least &&
    disc < DISC_MM.most &&
    sideways < 0.45 * apart &&
    ratio < HEIGHT_RATIO &&
    ratio > 1 / HEIGHT_RATIO &&
    dot(lower.body.cranial, upper.body.cranial) > 0.75
  )
}

/** The next body above (1) or below (−1) a body; null with the reason when there is none. */
function nextBody(attempt: Attempt, last: FoundBody, before: FoundBody | null, side: 1 | -1) {
  const { body, quality } = last
  // The column bends on as it has bent: by the turn between the last two bodies.
  let direction = scale(body.cranial, side)
  let disc = DISC_MM.typical
  if (before !== null) {
    const turn = add(body.cranial, scale(before.body.cranial, -1))
    direction = scale(normalize(add(body.cranial, scale(turn, 0.5))), side)
    const apart = distance(before.body.center, body.center)
    disc = Math.min(14, Math.max(4, apart - (before.quality.height + quality.height) / 2))
  }
  const step = quality.height + disc
  let reason: ChainEnd = 'no further body'
  for (const along of [0, -4, 4]) {
    const seed = translate(body.center, direction, step + along)
    const found = attempt(seed)
    if (found instanceof QctError) {
      if (found.code === 'BODY_AT_VOLUME_EDGE' || found.code === 'SEED_OUTSIDE_VOLUME') reason = 'scan ends'
      if (reason === 'scan ends') return reason
      continue
    }
    const fits = side === 1 ? areNeighbours(last, found) : areNeighbours(found, last)
    if (fits) return found
  }
  return reason
}

/**
 * Finds the bodies of a column one after another, from a sound one in the middle up and down.
 *
 * @param path - The canal's middle from the feet upwards.
 * @param onProgress - Told the share done, from 0 to 1, before each look for a body. What it throws ends the search.
 * @returns null when no sound body lies before the canal.
 */
export function findVertebraChain(
  volume: CtVolume,
  path: readonly LpsPoint[],
  onProgress: (share: number) => void = () => undefined,
): VertebraChain | null {
  let share = 0
  const attempt: Attempt = (seed) => {
    onProgress(share)
    return bodyFrom(volume, seed)
  }
  const start = startBody(attempt, path, (tried) => {
    share = START_SHARE * tried
  })
  if (start === null) return null
  const bodies = [start]
  const ends: Record<'above' | 'below', ChainEnd> = { above: 'no further body', below: 'no further body' }
  for (const side of [1, -1] as const) {
    while (bodies.length < MOST_BODIES) {
      share = START_SHARE + ((1 - START_SHARE) * bodies.length) / MOST_BODIES
      const last = side === 1 ? bodies[bodies.length - 1]! : bodies[0]!
      const before = (side === 1 ? bodies[bodies.length - 2] : bodies[1]) ?? null
      const found = nextBody(attempt, last, before, side)
      if (typeof found === 'string') {
        ends[side === 1 ? 'above' : 'below'] = found
        break
      }
      if (side === 1) bodies.push(found)
      else bodies.unshift(found)
    }
  }
  onProgress(1)
  return { bodies, above: ends.above, below: ends.below }
}
