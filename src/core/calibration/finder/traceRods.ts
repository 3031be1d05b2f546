import { profileAlong, type Stretch } from './alongImage.ts'
import { fitCircle } from './circleFit.ts'
import type { MatchedRod, PhantomMatch } from './phantomMatch.ts'
import { smoothed } from './planeImage.ts'
import type { FrameLine } from './rodLines.ts'
import type { Station } from './stationImages.ts'

/** A matched rod as a line in the finder's frame, and how far it was followed. */
export interface TracedRod extends MatchedRod {
  readonly line: FrameLine
  readonly stretch: Stretch
}

const CORE = 0.65
/** A rod ends where its CT number leaves that of its middle by more than this plus a share, HU. */
const END = { floor: 40, share: 0.25 } as const
/** Farther than this from its expected place, a station's circle is not the rod's, mm. */
const ON_LINE = 1.5

/**
 * The direction all seen rods share, from their centres station by station: what is common to five rods is known
 * better than the direction of one.
 */
function commonSlant(match: PhantomMatch, stations: readonly Station[]) {
  const { slant, stretch, s0 } = match.view
  const within = stations.filter(({ at }) => at >= stretch.from - 1e-6 && at <= stretch.to + 1e-6)
  const soft = within.map(({ at, image }) => ({ at, image: smoothed(image) }))
  let [ss, sx, sy] = [0, 0, 0]
  for (const rod of match.rods.filter((one) => one.sight === 'seen')) {
    const isBright = rod.ctNumber > 0
    const places: [number, number, number][] = []
    for (const { at, image } of soft) {
      const guess = { x: rod.x + slant.tx * (at - s0), y: rod.y + slant.ty * (at - s0), radius: match.radius }
      for (const bright of [isBright, !isBright]) {
        const circle = fitCircle(image, { ...guess, isBright: bright })
        if (circle === null || circle.coverage < 0.6 || circle.roughness > 0.7) continue
        if (Math.hypot(circle.x - guess.x, circle.y - guess.y) > ON_LINE) continue
        places.push([at, circle.x, circle.y])
        break
      }
    }
    if (places.length < 2) continue
    const mean = [0, 1, 2].map((axis) => places.reduce((sum, place) => sum + place[axis]!, 0) / places.length)
    for (const [at, x, y] of places) {
      ss += (at - mean[0]!) ** 2
      sx += (at - mean[0]!) * (x - mean[1]!)
      sy += (at - mean[0]!) * (y - mean[2]!)
    }
  }
  return ss > 0 ? { tx: sx / ss, ty: sy / ss } : slant
}

/** The unbroken part of a profile round its middle that keeps the middle's CT number; null when there is none. */
function steadyPart(profile: readonly number[], middle: number): readonly [number, number] | null {
  const around = profile.slice(Math.max(0, middle - 1), middle + 2).filter(Number.isFinite)
  if (around.length === 0) return null
  const typical = around.sort((a, b) => a - b)[around.length >> 1]!
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

/** Follows every rod of a match along the patient, to where it ends or leaves the field. */
export function traceRods(match: PhantomMatch, stations: readonly Station[]): readonly TracedRod[] {
  const slant = commonSlant(match, stations)
  const { s0 } = match.view
  const middle = stations.reduce(
    (best, { at }, index) => (Math.abs(at - s0) < Math.abs(stations[best]!.at - s0) ? index : best),
    0,
  )
  // A station stands for the slices round it; only those between two steady stations are certain.
  return match.rods.map((rod) => {
    const line = { x0: rod.x - slant.tx * s0, y0: rod.y - slant.ty * s0, ...slant }
    const steady = steadyPart(profileAlong(stations, line, CORE * match.radius), middle)
    const stretch =
      steady === null ? { from: s0, to: s0 } : { from: stations[steady[0]]!.at, to: stations[steady[1]]!.at }
    return { ...rod, line, stretch }
  })
}
