import { fitCircle } from './circleFit.ts'
import { type CircleSearch, circleVotes } from './circleVotes.ts'
import { smoothed } from './planeImage.ts'
import type { Station } from './stationImages.ts'

/** A straight line along the patient in the finder's frame: (x, y) = (x0, y0) + (tx, ty)·s. */
export interface FrameLine {
  readonly x0: number
  readonly y0: number
  /** mm in the plane per mm along the slice axis. */
  readonly tx: number
  readonly ty: number
}

/** Discs of several stations that lie on one straight line and look alike: the trace of a cylinder. */
export interface RodLine extends FrameLine {
  readonly radius: number
  readonly isBright: boolean
  /** Stations on which the cylinder was seen. */
  readonly support: number
  /** First and last of them along the slice axis, mm. */
  readonly from: number
  readonly to: number
}

interface Disc {
  readonly station: number
  readonly s: number
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly inside: number
  readonly isBright: boolean
}

const SEARCH: CircleSearch = {
  radii: [5.5, 6.25, 7, 7.75, 8.5, 9.25, 10, 10.75],
  // Noise of a station's pixel is some HU; an edge of 40 HU rises by more than 10 HU per mm.
  minGradient: 6,
  minScore: 0.45,
  most: 60,
}
/** A disc with fewer clear edge directions, or a rougher rim (mm), is no rod's section. */
const MIN_COVERAGE = 0.6
const MAX_ROUGHNESS = 0.7
/** Rods lie along the patient to within this slope: about 17°. */
const MAX_SLOPE = 0.3
/** Discs belong to a line within this distance, mm, and with a radius and CT number like its own. */
const ON_LINE = 1.6
const SAME_RADIUS = 1.3
/** Rods read up to 15 % more or less along the patient (beam hardening of the vertebrae), plus noise. */
const sameCtNumber = (a: number, b: number) =>
  Math.abs(a - b) <= 25 + 0.2 * Math.max(Math.abs(a), Math.abs(b))
/** A line must be seen on so many stations, over this length (mm), and on half of those it passes. */
const MIN_SUPPORT = 3
const MIN_LENGTH = 25

function discsOf(stations: readonly Station[], progress: (done: number) => void): readonly Disc[] {
  return stations.flatMap(({ at, image }, station) => {
    const soft = smoothed(image)
    const discs = circleVotes(soft, SEARCH).flatMap((vote): Disc[] => {
      const circle = fitCircle(soft, vote)
      if (circle === null || circle.coverage < MIN_COVERAGE || circle.roughness > MAX_ROUGHNESS) return []
      const { x, y, radius, inside } = circle
      return [{ station, s: at, x, y, radius, inside, isBright: vote.isBright }]
    })
    progress((station + 1) / stations.length)
    return discs
  })
}

/** Straight line through discs by least squares. */
function lineThrough(discs: readonly Disc[]): FrameLine {
  const n = discs.length
  let [ms, mx, my] = [0, 0, 0]
  for (const disc of discs) {
    ms += disc.s / n
    mx += disc.x / n
    my += disc.y / n
  }
  let [ss, sx, sy] = [0, 0, 0]
  for (const disc of discs) {
    ss += (disc.s - ms) ** 2
    sx += (disc.s - ms) * (disc.x - mx)
    sy += (disc.s - ms) * (disc.y - my)
  }
  const [tx, ty] = ss > 0 ? [sx / ss, sy / ss] : [0, 0]
  return { x0: mx - tx * ms, y0: my - ty * ms, tx, ty }
}

/** The discs nearest to a line, one per station, that look like `model`. */
function discsOn(line: FrameLine, model: Disc, byStation: readonly (readonly Disc[])[]): Disc[] {
  const chosen: Disc[] = []
  for (const discs of byStation) {
    let best: Disc | undefined
    let nearest = ON_LINE
    for (const disc of discs) {
      if (disc.isBright !== model.isBright || Math.abs(disc.radius - model.radius) > SAME_RADIUS) continue
      if (!sameCtNumber(disc.inside, model.inside)) continue
      const off = Math.hypot(disc.x - line.x0 - line.tx * disc.s, disc.y - line.y0 - line.ty * disc.s)
      if (off <= nearest) {
        nearest = off
        best = disc
      }
    }
    if (best !== undefined) chosen.push(best)
  }
  return chosen
}

/** The line with most discs that starts from `seed`, or null. */
function bestLine(seed: Disc, byStation: readonly (readonly Disc[])[]): Disc[] | null {
  let best: Disc[] | null = null
  for (let ahead = 1; ahead <= 6; ahead++) {
    for (const other of byStation[seed.station + ahead] ?? []) {
      const span = other.s - seed.s
      if (other.isBright !== seed.isBright || Math.abs(other.radius - seed.radius) > SAME_RADIUS) continue
      const [tx, ty] = [(other.x - seed.x) / span, (other.y - seed.y) / span]
      if (Math.hypot(tx, ty) > MAX_SLOPE || !sameCtNumber(other.inside, seed.inside)) continue
      let line: FrameLine = { x0: seed.x - tx * seed.s, y0: seed.y - ty * seed.s, tx, ty }
      let discs = discsOn(line, seed, byStation)
      for (let round = 0; round < 3 && discs.length >= MIN_SUPPORT; round++) {
        line = lineThrough(discs)
        discs = discsOn(line, seed, byStation)
      }
      if (discs.length > (best?.length ?? 0)) best = discs
    }
  }
  return best
}

/**
 * Straight cylinders along the patient: discs found station by station and joined where they keep to a line, a
 * radius and a CT number.
 *
 * @param progress - Told the share of the stations searched, 0 to 1.
 * @returns The best supported first. Anything straight and round is among them; what is a phantom is judged later.
 */
export function rodLines(
  stations: readonly Station[],
  progress: (done: number) => void = () => {},
): readonly RodLine[] {
  const discs = discsOf(stations, progress)
  const free = stations.map((_, station) => discs.filter((disc) => disc.station === station))
  const lines: RodLine[] = []
  for (const seed of discs) {
    if (!free[seed.station]!.includes(seed)) continue
    const members = bestLine(seed, free)
    if (members === null || members.length < Math.min(MIN_SUPPORT, stations.length)) continue
    const from = members[0]!
    const to = members[members.length - 1]!
    if (to.s - from.s < MIN_LENGTH || members.length < 0.5 * (to.station - from.station + 1)) continue
    const line = lineThrough(members)
    if (Math.hypot(line.tx, line.ty) > MAX_SLOPE) continue
    lines.push({
      ...line,
      radius: members.reduce((sum, disc) => sum + disc.radius, 0) / members.length,
      isBright: seed.isBright,
      support: members.length,
      from: from.s,
      to: to.s,
    })
    for (const member of members) {
      free[member.station] = free[member.station]!.filter((disc) => disc !== member)
    }
  }
  return lines.sort((a, b) => b.support - a.support)
}
