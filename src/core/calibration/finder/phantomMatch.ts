import { lpsPoint } from '../../geometry/lps.ts'
import { hu, mm } from '../../units.ts'
import { CALIBRATION_GATES } from '../calibrationGates.ts'
import type { MeasuredRod } from '../densityCalibration.ts'
import { densityLine } from '../fitCalibration.ts'
import type { PhantomModel, PhantomRod } from '../phantomModel.ts'
import { around, type FittedCircle } from './circleFit.ts'
import { isBeyondField } from './fieldEdge.ts'
import { discStatistics, valueAt } from './planeImage.ts'
import type { SlantedView } from './rodDiscs.ts'

/**
 * How a rod of a matched phantom was located: by its edge; by a contrast of a few HU; from the other rods alone; or
 * not at all, because its place lies beyond the field.
 */
export type RodSight = 'seen' | 'faint' | 'inferred' | 'outside'

/** One rod of a matched phantom in the plane `s0` of its view. */
export interface MatchedRod {
  readonly rod: PhantomRod
  readonly sight: RodSight
  /** False where the place of a faint rod is a guess. */
  readonly isCertain: boolean
  readonly x: number
  readonly y: number
  /** Mean CT number in the averaged picture; NaN outside the field. */
  readonly ctNumber: number
  /** Its difference from the holder round it, HU. */
  readonly contrast: number
}

/** A phantom laid over the discs of a view. */
export interface PhantomMatch {
  readonly phantom: PhantomModel
  readonly view: SlantedView
  readonly rods: readonly MatchedRod[]
  readonly radius: number
  readonly seen: number
  /** How many rods' places lie beyond the field. */
  readonly outside: number
  /** What density 0 reads by this match, HU. */
  readonly offset: number
  /** Residual SD of the phantom's own fit, mg/cm³; 0 for two rods. */
  readonly residual: number
}

/** CT number of the phantom's density 0, at most this far from water, HU. */
const MAX_OFFSET = 60
/** Rods of one phantom differ by at most this in radius, mm. */
const SAME_RADIUS = 0.8
/** Slack on the ranges of diameter and spacing, mm. */
const RANGE_SLACK = 1.5
/** A rod lies within this of its expected place: mm, plus a share of the distance to the nearest anchor rod. */
const PLACE = { floor: 1.2, share: 0.03 } as const
/** The holder reads alike around all rods, to within this plus a share of a rod's contrast (blur), HU. */
const SAME_HOLDER = { floor: 30, share: 0.03 } as const
/** Between two rods there is holder on most of the way, from this far outside their edges, mm. */
const BETWEEN = { margin: 2.5, share: 0.75, tolerance: 40 } as const
/** A holder is made of a plastic. */
const HOLDER = { low: -250, high: 350 } as const
/** A rod that cannot be seen differs from the holder around it by at most this, HU, and is flat. */
const UNSEEN = { contrast: 30, sd: 8 } as const
/** CT number of a rod against the line through its two anchors, HU, plus a share of the anchors' difference. */
const ON_LINE = { floor: 25, share: 0.12 } as const
const CORE = 0.65

interface Anchors {
  readonly a: number
  readonly b: number
  readonly discA: FittedCircle
  readonly discB: FittedCircle
}

/** HU = gain·ρ + offset, plus the rod's water where the equation has a water term. */
interface Response {
  readonly gain: number
  readonly offset: number
}

/** What a rod reads beside its mineral: its water (against 1 g/cm³), for phantoms with a water term. */
const waterOf = (rod: PhantomRod) => (rod.waterDensity === undefined ? 0 : rod.waterDensity - 999.6)
const displacedBy = (phantom: PhantomModel) => (phantom.equation === 'water-term' ? 0.2174 : 0)

/** The scanner's response if the two anchors are what they are taken for, or null where no scanner responds so. */
function responseOf(phantom: PhantomModel, { a, b, discA, discB }: Anchors): Response | null {
  const [rodA, rodB] = [phantom.rods[a]!, phantom.rods[b]!]
  const step = rodB.density - rodA.density
  if (Math.abs(step) < 20) return null
  const gain = (discB.inside - waterOf(rodB) - (discA.inside - waterOf(rodA))) / step
  const slope = 1 / (gain - displacedBy(phantom))
  if (!(slope >= CALIBRATION_GATES.slopeLow && slope <= CALIBRATION_GATES.slopeHigh)) return null
  const offset = discA.inside - waterOf(rodA) - gain * rodA.density
  return Math.abs(offset) <= MAX_OFFSET ? { gain, offset } : null
}

const measured = (rod: PhantomRod, ctNumber: number, radius: number): MeasuredRod => ({
  label: rod.label,
  meanHu: hu(ctNumber),
  sdHu: hu(0),
  standardErrorHu: hu(1),
  n: 1,
  density: rod.density,
  ...(rod.waterDensity === undefined ? {} : { waterDensity: rod.waterDensity }),
  center: lpsPoint(0, 0, 0),
  radius: mm(radius),
})

/** Lays a phantom over two anchor discs; null when the other rods are not where and what they should be. */
function layOver(phantom: PhantomModel, view: SlantedView, anchors: Anchors): PhantomMatch | null {
  const { a, b, discA, discB } = anchors
  const n = phantom.rods.length
  const { diameter, spacing, positions } = phantom.geometry
  const radius = (discA.radius + discB.radius) / 2
  if (Math.abs(discA.radius - discB.radius) > SAME_RADIUS) return null
  if (2 * radius < diameter[0] - RANGE_SLACK || 2 * radius > diameter[1] + RANGE_SLACK) return null
  const place = (slot: number) => positions?.[slot] ?? slot
  const apart = Math.hypot(discB.x - discA.x, discB.y - discA.y)
  const unit = apart / (place(b) - place(a))
  if (positions === undefined) {
    if (unit < spacing[0] - RANGE_SLACK || unit > spacing[1] + RANGE_SLACK) return null
  } else if (Math.abs(unit - 1) > 0.03 + RANGE_SLACK / apart) return null
  const response = responseOf(phantom, anchors)
  if (response === null) return null

  const [ux, uy] = [(discB.x - discA.x) / apart, (discB.y - discA.y) / apart]
  const tolerance = ON_LINE.floor + ON_LINE.share * Math.abs(discB.inside - discA.inside)
  const used = new Set<FittedCircle>()
  const rods: MatchedRod[] = []
  for (let slot = 0; slot < n; slot++) {
    const rod = phantom.rods[slot]!
    const along = (place(slot) - place(a)) * unit
    const [x, y] = [discA.x + along * ux, discA.y + along * uy]
    const slack = PLACE.floor + PLACE.share * Math.min(Math.abs(along), Math.abs(along - apart))
    const disc = view.discs.find(
      (one) => Math.hypot(one.x - x, one.y - y) <= slack && Math.abs(one.radius - radius) <= SAME_RADIUS,
    )
    const faint =
      disc === undefined
        ? view.faint.find((one) => Math.hypot(one.x - x, one.y - y) <= slack + 0.5)
        : undefined
    const sight = disc !== undefined ? 'seen' : faint !== undefined ? 'faint' : unseenAt(view, x, y, radius)
    if (sight === null) return null
    const ctNumber = (disc ?? faint)?.inside ?? discStatistics(view.image, x, y, CORE * radius).mean
    const contrast = ctNumber - ((disc ?? faint)?.around ?? around(view.image, x, y, radius))
    if (sight !== 'outside') {
      const expected = response.gain * rod.density + waterOf(rod) + response.offset
      if (Math.abs(ctNumber - expected) > tolerance) return null
    }
    if (disc !== undefined) used.add(disc)
    // A faint rod confirms its place in the row, which the seen rods know better than its own dim picture.
    const isCertain = faint?.isCertain ?? true
    rods.push({ rod, sight, isCertain, x: disc?.x ?? x, y: disc?.y ?? y, ctNumber, contrast })
  }
  const seen = rods.filter((rod) => rod.sight === 'seen').length
  const outside = rods.filter((rod) => rod.sight === 'outside').length
  // One rod may be as bright as the holder, or, where enough remain, beyond the field; never both.
  if (seen < n - 1 || (outside > 0 && seen < 3)) return null
  if (seen < 2 && !rods.some((rod) => rod.sight === 'faint')) return null
  if (!isHolderOne(view, rods, used, radius) || hasStranger(view, rods, used, radius)) return null
  if (n === 2 && hasCompanion(view, rods, radius)) return null
  const { offset } = response
  return judged({ phantom, view, rods, radius, seen, outside, offset })
}

/** How a place without a disc reads: like the holder, beyond the field, or (null) like something else. */
function unseenAt(view: SlantedView, x: number, y: number, radius: number): RodSight | null {
  const { image } = view
  const reach = radius + 3
  if (isBeyondField(image, x, y, reach)) return 'outside'
  const { mean, sd } = discStatistics(image, x, y, CORE * radius)
  if (Number.isNaN(mean)) return 'outside'
  const contrast = Math.abs(mean - around(image, x, y, radius))
  return contrast <= UNSEEN.contrast && sd <= UNSEEN.sd ? 'inferred' : null
}

/** Whether all discs lie in one and the same holder, which also fills the way from rod to rod. */
function isHolderOne(
  view: SlantedView,
  rods: readonly MatchedRod[],
  discs: ReadonlySet<FittedCircle>,
  radius: number,
): boolean {
  const levels = [...discs].map((disc) => disc.around).sort((a, b) => a - b)
  const [low, high] = [levels[0]!, levels[levels.length - 1]!]
  const contrast = Math.max(...[...discs].map((disc) => Math.abs(disc.inside - disc.around)))
  if (low < HOLDER.low || high > HOLDER.high) return false
  if (high - low > SAME_HOLDER.floor + SAME_HOLDER.share * contrast) return false
  const holder = levels[levels.length >> 1]!
  return rods.slice(1).every((rod, at) => {
    const before = rods[at]!
    if (rod.sight === 'outside' || before.sight === 'outside') return true
    const apart = Math.hypot(rod.x - before.x, rod.y - before.y)
    const from = radius + BETWEEN.margin
    let [inHolder, all] = [0, 0]
    for (let r = from; r <= apart - from; r++) {
      const share = r / apart
      const value = valueAt(
        view.image,
        before.x + share * (rod.x - before.x),
        before.y + share * (rod.y - before.y),
      )
      all++
      if (Math.abs(value - holder) <= BETWEEN.tolerance + SAME_HOLDER.share * contrast) inHolder++
    }
    // Rods that nearly touch leave nothing between their blurred edges to judge.
    return all < 3 || inHolder >= BETWEEN.share * all
  })
}

/** A cylinder as clear as this beside two rods is one of theirs: contrast in HU, and how far away in gaps of the two. */
const COMPANION = { contrast: 40, coverage: 0.9, roughness: 0.3, gaps: 3 } as const

/**
 * Whether the holder of two rods has more of them, on a circle or in a second row: then it is another phantom. Two rods
 * have no residual that would tell.
 */
function hasCompanion(view: SlantedView, [first, second]: readonly MatchedRod[], radius: number): boolean {
  const gap = Math.hypot(second!.x - first!.x, second!.y - first!.y)
  const holder = first!.ctNumber - first!.contrast
  return view.discs.some((disc) => {
    const away = [first!, second!].map((rod) => Math.hypot(rod.x - disc.x, rod.y - disc.y))
    if (Math.min(...away) < radius || Math.max(...away) > COMPANION.gaps * gap) return false
    const isClear = disc.coverage >= COMPANION.coverage && disc.roughness <= COMPANION.roughness
    const isAlike =
      Math.abs(disc.radius - radius) <= SAME_RADIUS && Math.abs(disc.around - holder) <= SAME_HOLDER.floor
    return isClear && isAlike && Math.abs(disc.inside - disc.around) >= COMPANION.contrast
  })
}

/** Whether the row, and one gap beyond its ends, holds another disc of the same size: a true match explains it. */
function hasStranger(
  view: SlantedView,
  rods: readonly MatchedRod[],
  used: ReadonlySet<FittedCircle>,
  radius: number,
): boolean {
  const [first, second, last] = [rods[0]!, rods[1]!, rods[rods.length - 1]!]
  const reach = Math.hypot(last.x - first.x, last.y - first.y)
  const [ux, uy] = [(last.x - first.x) / reach, (last.y - first.y) / reach]
  const gap = 1.1 * Math.hypot(second.x - first.x, second.y - first.y)
  const isOfUs = ({ x, y }: { readonly x: number; readonly y: number }) =>
    rods.some((rod) => Math.hypot(rod.x - x, rod.y - y) < radius)
  const others = [
    ...view.discs.filter((disc) => !used.has(disc)),
    ...view.crossings.filter((one) => !isOfUs(one)),
  ]
  return others.some((disc) => {
    if (Math.abs(disc.radius - radius) > SAME_RADIUS) return false
    const along = (disc.x - first.x) * ux + (disc.y - first.y) * uy
    const off = Math.abs((disc.x - first.x) * uy - (disc.y - first.y) * ux)
    return off < 2 && along > -gap && along < reach + gap
  })
}

/** The match with its residual; null where the phantom's own line does not fit it. */
function judged(match: Omit<PhantomMatch, 'residual'>): PhantomMatch | null {
  const { phantom, rods, radius } = match
  const line = densityLine(
    phantom,
    rods.filter((rod) => rod.sight !== 'outside').map((rod) => measured(rod.rod, rod.ctNumber, radius)),
  )
  const residual = line.residualSd ?? 0
  if (!(residual <= CALIBRATION_GATES.residualRefuse)) return null
  if (!(line.slope >= CALIBRATION_GATES.slopeLow && line.slope <= CALIBRATION_GATES.slopeHigh)) return null
  return { ...match, residual }
}

const isPoor = ({ residual }: PhantomMatch) => (residual > CALIBRATION_GATES.residualWarn ? 1 : 0)

/**
 * The better match first: more rods seen, then a residual that raises no warning, then fewer places beyond the field,
 * then the smaller residual.
 */
export const byMerit = (one: PhantomMatch, other: PhantomMatch): number =>
  other.seen - one.seen ||
  isPoor(one) - isPoor(other) ||
  one.outside - other.outside ||
  one.residual - other.residual

/** Whether two matches of one phantom take the same discs for the same rods. */
export function isSameReading(one: PhantomMatch, other: PhantomMatch): boolean {
  const [a, b] = [one.rods[0]!, other.rods[0]!]
  return Math.hypot(a.x - b.x, a.y - b.y) < 2 * one.radius
}

/** Every way in which a phantom fits the discs of a view, in either direction, the best of each reading first. */
export function phantomMatches(phantom: PhantomModel, view: SlantedView): readonly PhantomMatch[] {
  const n = phantom.rods.length
  const matches: PhantomMatch[] = []
  // Of two rods one may be faint; more rods have two clear ones between which the rest is looked for.
  const anchors = n === 2 ? [...view.discs, ...view.faint] : view.discs
  for (const discA of anchors) {
    for (const discB of anchors) {
      if (discA === discB) continue
      for (let a = 0; a < n - 1; a++) {
        for (let b = a + 1; b < n; b++) {
          const match = layOver(phantom, view, { a, b, discA, discB })
          if (match !== null) matches.push(match)
        }
      }
    }
  }
  const readings: PhantomMatch[] = []
  for (const match of matches.sort(byMerit)) {
    if (!readings.some((known) => isSameReading(known, match))) readings.push(match)
  }
  return readings
}
