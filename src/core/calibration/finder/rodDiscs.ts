import { meanAlong, profileAlong, type Slant, type Stretch, stationsWithin } from './alongImage.ts'
import { type FittedCircle, fitCircle } from './circleFit.ts'
import { type CircleSearch, circleVotes } from './circleVotes.ts'
import { type FaintDisc, faintDiscs } from './faintDiscs.ts'
import { type PlaneImage, smoothed } from './planeImage.ts'
import type { RodLine } from './rodLines.ts'
import type { Station } from './stationImages.ts'

/** Round, steady things seen along one direction, and the picture they were seen in. */
export interface SlantedView {
  readonly slant: Slant
  readonly stretch: Stretch
  /** The plane in which positions are stated, mm along the slice axis. */
  readonly s0: number
  readonly image: PlaneImage
  readonly discs: readonly FittedCircle[]
  /** Where cylinders that were followed station by station cross the plane, whichever way they run. */
  readonly crossings: readonly { readonly x: number; readonly y: number; readonly radius: number }[]
  /** Places beside clear discs that differ from the holder by a few HU. */
  readonly faint: readonly FaintDisc[]
}

const SEARCH: CircleSearch = {
  radii: [5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5],
  // A dozen averaged stations leave noise of 1 or 2 HU: rods 10 HU off their holder still show.
  minGradient: 1.5,
  minScore: 0.4,
  most: 80,
}
const MIN_COVERAGE = 0.6
const MAX_ROUGHNESS = 0.5
/** Share of the radius that is certainly inside. */
const CORE = 0.65
/** A rod's picture is flat: its SD inside, HU, at most this plus a share of its contrast. */
const FLATNESS = { floor: 6, share: 0.04 } as const
/** From station to station a rod's mean moves by at most this plus a share of itself (median step), HU. */
const STEADINESS = { floor: 8, share: 0.03 } as const

/** A line seen on so many stations is a cylinder and no chance. */
const LONG_LINE = 6

/** Median of the absolute steps between neighbouring values. */
function medianStep(profile: readonly number[]): number {
  const steps = profile.slice(1).map((value, at) => Math.abs(value - profile[at]!))
  if (steps.some(Number.isNaN)) return Number.NaN
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
}

/** Whether a disc is as flat and as steady along the patient as a cast cylinder is. */
function isCylinder(disc: FittedCircle, profile: readonly number[]): boolean {
  const contrast = Math.abs(disc.inside - disc.around)
  if (!(disc.insideSd <= FLATNESS.floor + FLATNESS.share * contrast)) return false
  return medianStep(profile) <= STEADINESS.floor + STEADINESS.share * Math.abs(disc.inside)
}

/**
 * Looks along a direction and lists the cylinders that run along it, faint ones included.
 *
 * @param lines - The cylinders followed so far: a wrong direction smears them away, but they are there.
 */
export function rodDiscs(
  stations: readonly Station[],
  slant: Slant,
  stretch: Stretch,
  lines: readonly RodLine[] = [],
): SlantedView {
  const seen = stationsWithin(stations, stretch)
  const s0 = (stretch.from + stretch.to) / 2
  const image = meanAlong(seen, slant, s0)
  const soft = smoothed(image)
  const discs: FittedCircle[] = []
  for (const vote of circleVotes(soft, SEARCH)) {
    const disc = fitCircle(soft, vote, image)
    if (disc === null || disc.coverage < MIN_COVERAGE || disc.roughness > MAX_ROUGHNESS) continue
    if (discs.some((other) => Math.hypot(other.x - disc.x, other.y - disc.y) < disc.radius)) continue
    const line = { x0: disc.x - slant.tx * s0, y0: disc.y - slant.ty * s0, ...slant }
    if (isCylinder(disc, profileAlong(seen, line, CORE * disc.radius))) discs.push(disc)
  }
  const crossings = lines
    .filter(({ support, from, to }) => support >= LONG_LINE && from <= s0 && to >= s0)
    .map(({ x0, y0, tx, ty, radius }) => ({ x: x0 + tx * s0, y: y0 + ty * s0, radius }))
  return { slant, stretch, s0, image, discs, crossings, faint: faintDiscs(image, discs) }
}
