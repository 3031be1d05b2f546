import { profileAlong, type Slant, type Stretch } from './alongImage.ts'
import { fitCircle } from './circleFit.ts'
import { smoothed } from './planeImage.ts'
import type { FrameLine } from './rodLines.ts'
import type { Station } from './stationImages.ts'

/** Where a rod crosses one plane, in the finder's frame. */
export interface RodCrossing {
  readonly x: number
  readonly y: number
  /** Place of the plane along the slice axis, mm. */
  readonly s: number
  /** Whether its edge can be seen, so that it can tell its own direction. */
  readonly isSeen: boolean
}

/** A rod as a line in the finder's frame, and how far it was followed. */
export interface RodTrace {
  readonly line: FrameLine
  readonly stretch: Stretch
}

const CORE = 0.65
/** A rod ends where its CT number leaves that of its middle by more than this plus a share, HU. */
const END = { floor: 40, share: 0.25 } as const
/** From one station to the next a rod's centre leaves its expected place by at most this, mm. */
const NEXT = 1.5
const MIN_COVERAGE = 0.6
const MAX_ROUGHNESS = 0.7

const nearestTo = (stations: readonly Station[], s: number) =>
  stations.reduce(
    (best, { at }, index) => (Math.abs(at - s) < Math.abs(stations[best]!.at - s) ? index : best),
    0,
  )

/** The rod's circle near an expected place of one station, whichever way its contrast goes. */
function circleNear(station: Station, x: number, y: number, radius: number) {
  for (const isBright of [true, false]) {
    const circle = fitCircle(station.image, { x, y, radius, isBright })
    if (circle === null || circle.coverage < MIN_COVERAGE || circle.roughness > MAX_ROUGHNESS) continue
    if (Math.hypot(circle.x - x, circle.y - y) <= NEXT) return circle
  }
  return null
}

/** Centres of a rod from station to station, from its crossing outwards: (s, x, y) each. */
function centresOf(crossing: RodCrossing, stations: readonly Station[], radius: number, slant: Slant) {
  const start = nearestTo(stations, crossing.s)
  const centres: [number, number, number][] = []
  for (const step of [1, -1]) {
    let from = crossing
    let lost = 0
    for (let at = step === 1 ? start : start - 1; at >= 0 && at < stations.length && lost < 3; at += step) {
      const station = stations[at]!
      const [x, y] = [from.x + slant.tx * (station.at - from.s), from.y + slant.ty * (station.at - from.s)]
      const circle = circleNear(station, x, y, radius)
      if (circle === null) {
        lost++
        continue
      }
      lost = 0
      centres.push([station.at, circle.x, circle.y])
      from = { ...crossing, x: circle.x, y: circle.y, s: station.at }
    }
  }
  return centres
}

/**
 * The direction all seen rods share, from their centres station by station: what is common to five rods is known
 * better than the direction of one.
 */
function commonSlant(
  crossings: readonly RodCrossing[],
  stations: readonly Station[],
  radius: number,
  slant: Slant,
): Slant {
  let [ss, sx, sy] = [0, 0, 0]
  for (const crossing of crossings) {
    if (!crossing.isSeen) continue
    const centres = centresOf(crossing, stations, radius, slant)
    const mean = [0, 1, 2].map((axis) => centres.reduce((sum, one) => sum + one[axis]!, 0) / centres.length)
    for (const [at, x, y] of centres) {
      ss += (at - mean[0]!) ** 2
      sx += (at - mean[0]!) * (x - mean[1]!)
      sy += (at - mean[0]!) * (y - mean[2]!)
    }
  }
  return ss > 0 ? { tx: sx / ss, ty: sy / ss } : slant
}

/** The unbroken part of a profile round its middle that keeps the middle's CT number; null when there is none. */
function steadyPart(profile: readonly number[], middle: number): readonly [number, number] | null {
  const near = profile.slice(Math.max(0, middle - 1), middle + 2).filter(Number.isFinite)
  const typical = near.sort((a, b) => a - b)[near.length >> 1]
  if (typical === undefined) return null
  const keeps = (at: number) => {
    const value = profile[at]
    return value !== undefined && Math.abs(value - typical) <= END.floor + END.share * Math.abs(typical)
  }
  if (!keeps(middle)) return null
  let [first, last] = [middle, middle]
  while (keeps(first - 1)) first--
  while (keeps(last + 1)) last++
  return [first, last]
}

/**
 * Follows rods along the patient, to where they end or leave the field. Rods of one phantom are parallel.
 *
 * @param slant - The direction as known so far.
 * @returns One trace per crossing, in their order; a stretch of length 0 where a rod could not be followed.
 */
export function traceRods(
  crossings: readonly RodCrossing[],
  stations: readonly Station[],
  radius: number,
  slant: Slant,
): readonly RodTrace[] {
  const soft = stations.map(({ at, image }) => ({ at, image: smoothed(image) }))
  const { tx, ty } = commonSlant(crossings, soft, radius, slant)
  return crossings.map(({ x, y, s }) => {
    const line = { x0: x - tx * s, y0: y - ty * s, tx, ty }
    // A station stands for the slices round it; only what lies between two steady stations is certain.
    const steady = steadyPart(profileAlong(stations, line, CORE * radius), nearestTo(stations, s))
    return {
      line,
      stretch:
        steady === null ? { from: s, to: s } : { from: stations[steady[0]]!.at, to: stations[steady[1]]!.at },
    }
  })
}
