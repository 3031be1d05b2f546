import { profileAlong, type Slant, type Stretch } from './alongImage.ts'
import { around, fitCircle } from './circleFit.ts'
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
/** A circle whose radius is not the rod's usual one is something else, mm. */
const SAME_RADIUS = 0.8
/** Centres off the common direction by more than this many medians, and this floor (mm), are of something else. */
const STRAY = { medians: 3, floor: 0.3 } as const
/**
 * A rod ends where its surroundings leave the holder's CT number by more than this, HU: past a rod that reads like
 * fat, fat may go on, but no holder.
 */
const HOLDER_END = 100

const nearestTo = (stations: readonly Station[], s: number) =>
  stations.reduce(
    (best, { at }, index) => (Math.abs(at - s) < Math.abs(stations[best]!.at - s) ? index : best),
    0,
  )

const medianOf = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

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
  const radii: number[] = []
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
      radii.push(circle.radius)
      from = { ...crossing, x: circle.x, y: circle.y, s: station.at }
    }
  }
  const usual = medianOf([...radii])
  return centres.filter((_, at) => Math.abs(radii[at]! - usual) <= SAME_RADIUS)
}

type Centres = readonly (readonly [number, number, number])[]

/** The one direction of parallel lines through the centres of several rods, by least squares. */
function slantThrough(rods: readonly Centres[], otherwise: Slant): Slant {
  let [ss, sx, sy] = [0, 0, 0]
  for (const centres of rods) {
    const [ms, mx, my] = meanOf(centres)
    for (const [at, x, y] of centres) {
      ss += (at - ms) ** 2
      sx += (at - ms) * (x - mx)
      sy += (at - ms) * (y - my)
    }
  }
  return ss > 0 ? { tx: sx / ss, ty: sy / ss } : otherwise
}

const meanOf = (centres: Centres) =>
  ([0, 1, 2] as const).map((axis) => centres.reduce((sum, one) => sum + one[axis], 0) / centres.length) as [
    number,
    number,
    number,
  ]

/** The centres that keep to one direction; a rod's own line passes through the median of its places. */
function withoutStrays(rods: readonly Centres[], { tx, ty }: Slant): readonly Centres[] {
  const offs = rods.map((centres) => {
    const x0 = medianOf(centres.map(([at, x]) => x - tx * at))
    const y0 = medianOf(centres.map(([at, , y]) => y - ty * at))
    return centres.map(([at, x, y]) => Math.hypot(x - tx * at - x0, y - ty * at - y0))
  })
  const limit = Math.max(STRAY.floor, STRAY.medians * medianOf(offs.flat()))
  return rods.map((centres, rod) => centres.filter((_, at) => offs[rod]![at]! <= limit))
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
  const all = crossings.flatMap((crossing) =>
    crossing.isSeen ? [centresOf(crossing, stations, radius, slant)] : [],
  )
  let shared = slantThrough(all, slant)
  for (let round = 0; round < 3; round++) shared = slantThrough(withoutStrays(all, shared), shared)
  return shared
}

/** The value that a profile has round one of its places. */
function typicalAt(profile: readonly number[], middle: number): number | undefined {
  const near = profile.slice(Math.max(0, middle - 1), middle + 2).filter(Number.isFinite)
  return near.sort((a, b) => a - b)[near.length >> 1]
}

/** The unbroken part round its middle in which rod and holder keep the middle's CT numbers; null when there is none. */
function steadyPart(
  rod: readonly number[],
  holder: readonly number[],
  middle: number,
): readonly [number, number] | null {
  const [typical, round] = [typicalAt(rod, middle), typicalAt(holder, middle)]
  if (typical === undefined) return null
  const keeps = (at: number) => {
    const [value, surrounding] = [rod[at], holder[at]]
    if (value === undefined || !(Math.abs(value - typical) <= END.floor + END.share * Math.abs(typical)))
      return false
    return !(Math.abs(surrounding! - (round ?? Number.NaN)) > HOLDER_END)
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
    const holder = stations.map(({ at, image }) =>
      around(image, line.x0 + tx * at, line.y0 + ty * at, radius),
    )
    const steady = steadyPart(profileAlong(stations, line, CORE * radius), holder, nearestTo(stations, s))
    return {
      line,
      stretch:
        steady === null ? { from: s, to: s } : { from: stations[steady[0]]!.at, to: stations[steady[1]]!.at },
    }
  })
}
