import type { FittedCircle } from './circleFit.ts'
import { mirroredInHolder } from './holderMirror.ts'
import { type PlaneImage, valueAt } from './planeImage.ts'

/** Only beside a clear rod is a faint one looked for: its size and its holder are known then. */
const CLEAR = { contrast: 60, coverage: 0.8, roughness: 0.4 } as const
/** Distance from the clear rod, mm: the range of rod spacings. */
const DISTANCE = { low: 18, high: 52 } as const
/** Share of the radius taken for the inside, and the ring outside the edge, mm. */
const INSIDE = 0.8
const RING = { from: 1, to: 3 } as const
/** The contrast of a faint rod, HU; below the first it drowns in the noise, above the second it is no faint rod. */
const CONTRAST = { low: 1.5, high: 60 } as const
/** Below this, where the strongest contrast lies is chance, and the holder's symmetry knows better, HU. */
const BARELY = 3
/**
 * Below this, HU, chance and the holder's edges still pull at the place: where the holder's symmetry does not agree to
 * within mm, the symmetry is believed, and the place is said to be inferred in any case.
 */
export const DIM = 8
const AGREED_WITHIN = 2.5
/** Inside and ring are flat, HU, and the ring reads like the holder round the clear rod. */
const FLAT = 6
/** The ring is about as flat as the disc: a corner of something else in it would pass for contrast. */
const AS_FLAT = { factor: 1.4, floor: 0.5 } as const
const SAME_HOLDER = 12

/** A disc that no edge shows, found by its contrast or by the holder's symmetry. */
export interface FaintDisc extends FittedCircle {
  /** Whether its place is more than a guess: a contrast that nothing else has, or one that the symmetry agrees with. */
  readonly isCertain: boolean
}

/** Offsets (mm) of the sampling points of a disc and of a ring of unit density. */
function pointsOf(from: number, to: number, step: number): Float64Array {
  const points: number[] = []
  for (let y = -to; y <= to; y += step) {
    for (let x = -to; x <= to; x += step) {
      const r = Math.hypot(x, y)
      if (r >= from && r <= to) points.push(x, y)
    }
  }
  return Float64Array.from(points)
}

/** Mean and SD of a picture at points round a place; NaN where one leaves the picture. */
function statisticsAt(image: PlaneImage, x: number, y: number, points: Float64Array) {
  let sum = 0
  let squares = 0
  for (let at = 0; at < points.length; at += 2) {
    const value = valueAt(image, x + points[at]!, y + points[at + 1]!)
    sum += value
    squares += value * value
  }
  const n = points.length / 2
  const mean = sum / n
  return { mean, sd: Math.sqrt(Math.max(0, squares / n - mean * mean)) }
}

/** Contrast of a disc of known radius at a place, where both it and its surroundings are flat; else null. */
function contrastAt(
  image: PlaneImage,
  x: number,
  y: number,
  [disc, ring]: readonly [Float64Array, Float64Array],
  holder: number,
) {
  const centre = valueAt(image, x, y)
  if (!(Math.abs(centre - holder) <= CONTRAST.high)) return null
  const outside = statisticsAt(image, x, y, ring)
  if (!(Math.abs(outside.mean - holder) <= SAME_HOLDER && outside.sd <= FLAT)) return null
  const inside = statisticsAt(image, x, y, disc)
  if (!(inside.sd <= FLAT && outside.sd <= AS_FLAT.factor * inside.sd + AS_FLAT.floor)) return null
  return {
    contrast: inside.mean - outside.mean,
    inside: inside.mean,
    insideSd: inside.sd,
    outside: outside.mean,
  }
}

/**
 * Rods that hardly differ from their holder, looked for beside a clear one.
 *
 * With the radius known, the mean of the disc against the mean of a ring round it shows contrasts of 2 HU that no
 * edge detector sees. Nothing is asked of a phantom here; these places only help one that is already half seen.
 *
 * @returns At most a few per clear rod, the strongest contrast first.
 */
export function faintDiscs(image: PlaneImage, clearDiscs: readonly FittedCircle[]): readonly FaintDisc[] {
  const step = Math.max(1, Math.sqrt(image.spacing[0] * image.spacing[1]))
  const found: FaintDisc[] = []
  for (const clear of clearDiscs) {
    if (Math.abs(clear.inside - clear.around) < CLEAR.contrast) continue
    if (clear.coverage < CLEAR.coverage || clear.roughness > CLEAR.roughness) continue
    const { radius, around } = clear
    const points = [
      pointsOf(0, INSIDE * radius, step),
      pointsOf(radius + RING.from, radius + RING.to, step),
    ] as const
    const peaks: FittedCircle[] = []
    for (let dy = -DISTANCE.high; dy <= DISTANCE.high; dy += step) {
      for (let dx = -DISTANCE.high; dx <= DISTANCE.high; dx += step) {
        const away = Math.hypot(dx, dy)
        if (away < DISTANCE.low || away > DISTANCE.high) continue
        const [x, y] = [clear.x + dx, clear.y + dy]
        const here = contrastAt(image, x, y, points, around)
        if (here === null || Math.abs(here.contrast) < CONTRAST.low) continue
        const { inside, insideSd, outside } = here
        peaks.push({ x, y, radius, roughness: 0, coverage: 1, inside, insideSd, around: outside })
      }
    }
    const byContrast = (a: FittedCircle, b: FittedCircle) =>
      Math.abs(b.inside - b.around) - Math.abs(a.inside - a.around)
    const isNear = (place: { x: number; y: number }) => (other: FittedCircle) =>
      Math.hypot(other.x - place.x, other.y - place.y) < radius
    const kept: FittedCircle[] = []
    for (const peak of peaks.sort(byContrast)) {
      if (kept.length === 4) break
      if (![...clearDiscs, ...found, ...kept].some(isNear(peak))) kept.push(peak)
    }
    const strongest = kept[0]
    const contrast = strongest === undefined ? 0 : Math.abs(strongest.inside - strongest.around)
    const twin = contrast < DIM ? mirroredInHolder(image, clear) : null
    const isAgreed =
      twin !== null &&
      strongest !== undefined &&
      Math.hypot(strongest.x - twin.x, strongest.y - twin.y) <= AGREED_WITHIN
    const isCertain = contrast >= DIM || (contrast >= BARELY && isAgreed)
    if (contrast < BARELY || !isAgreed) {
      const here = twin === null ? null : contrastAt(image, twin.x, twin.y, points, around)
      if (twin !== null && here !== null && !clearDiscs.some(isNear(twin))) {
        const { inside, insideSd, outside } = here
        kept.splice(0, 4, { ...twin, radius, roughness: 0, coverage: 1, inside, insideSd, around: outside })
      }
    }
    found.push(...kept.map((disc) => ({ ...disc, isCertain })))
  }
  return found
}
