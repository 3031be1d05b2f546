import type { PlaneImage } from './planeImage.ts'

/** Where edges vote for the centre of a disc. */
export interface CircleVote {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Whether the disc is brighter than what lies around it. */
  readonly isBright: boolean
  /** Share of the circle's edge pixels that voted: near 1 for a whole clean circle. */
  readonly score: number
}

/** What to look for. */
export interface CircleSearch {
  /** Radii to try, mm, in even steps. */
  readonly radii: readonly number[]
  /** Edges weaker than this do not vote, HU per mm. */
  readonly minGradient: number
  readonly minScore: number
  /** At most so many, the best first. */
  readonly most: number
}

/** Pixels below this are air or foam, HU: no rod's edge passes there, and skin and bowel gas have many edges. */
const NO_ROD_BELOW = -300

/** Edge pixels thinned to the ridge of the gradient, with the step along the unit gradient per mm, in pixels. */
function ridgeOf(image: PlaneImage, minGradient: number) {
  const { columns, rows, spacing, values } = image
  const [px, py] = spacing
  const steep = new Float32Array(columns * rows)
  for (let j = 1; j < rows - 1; j++) {
    for (let at = 1 + columns * j; at < columns * (j + 1) - 1; at++) {
      const dx = (values[at + 1]! - values[at - 1]!) / (2 * px)
      const dy = (values[at + columns]! - values[at - columns]!) / (2 * py)
      steep[at] = dx * dx + dy * dy
    }
  }
  const ridge = new Int32Array(columns * rows)
  const unitX = new Float32Array(columns * rows)
  const unitY = new Float32Array(columns * rows)
  let count = 0
  const least = minGradient * minGradient
  for (let j = 2; j < rows - 2; j++) {
    for (let at = 2 + columns * j; at < columns * (j + 1) - 2; at++) {
      const here = steep[at]!
      if (!(here >= least) || values[at]! < NO_ROD_BELOW) continue
      const length = Math.sqrt(here)
      const ux = (values[at + 1]! - values[at - 1]!) / (2 * px * length)
      const uy = (values[at + columns]! - values[at - columns]!) / (2 * py * length)
      // The neighbours ahead of and behind the pixel along its gradient, to the nearest of eight directions.
      const ahead = (ux > 0.38 ? 1 : ux < -0.38 ? -1 : 0) + columns * (uy > 0.38 ? 1 : uy < -0.38 ? -1 : 0)
      if (!(here >= steep[at + ahead]! && here > steep[at - ahead]!)) continue
      ridge[count] = at
      unitX[count] = ux / px
      unitY[count] = uy / py
      count++
    }
  }
  return { ridge, unitX, unitY, count }
}

/**
 * Discs of a picture, found by their edges: every edge pixel votes for the centres that lie one radius up and down
 * its gradient, so bright and dark discs are told apart and half-hidden ones still gather votes.
 *
 * @returns The best first, none within the smallest radius of a better one.
 */
export function circleVotes(image: PlaneImage, search: CircleSearch): readonly CircleVote[] {
  const { columns, rows, spacing, origin } = image
  const { radii, minScore, most } = search
  if (columns < 5 || rows < 5) return []
  const { ridge, unitX, unitY, count } = ridgeOf(image, search.minGradient)
  const pixel = Math.sqrt(spacing[0] * spacing[1])
  const found: CircleVote[] = []
  const votes = new Uint16Array(columns * rows)
  const touched = new Int32Array(count)
  for (const radius of radii) {
    const whole = (2 * Math.PI * radius) / pixel
    const enough = minScore * whole
    for (const isBright of [true, false]) {
      const reach = isBright ? radius : -radius
      let bins = 0
      for (let edge = 0; edge < count; edge++) {
        const at = ridge[edge]!
        const i = Math.round((at % columns) + reach * unitX[edge]!)
        const j = Math.round(((at / columns) | 0) + reach * unitY[edge]!)
        if (!(i > 0 && j > 0 && i < columns - 1 && j < rows - 1)) continue
        const bin = i + columns * j
        if (votes[bin] === 0) touched[bins++] = bin
        votes[bin] = votes[bin]! + 1
      }
      for (let bin = 0; bin < bins; bin++) {
        const at = touched[bin]!
        let sum = 0
        let sumX = 0
        let sumY = 0
        for (let b = -1; b <= 1; b++) {
          for (let a = -1; a <= 1; a++) {
            const vote = votes[at + a + columns * b]!
            sum += vote
            sumX += a * vote
            sumY += b * vote
          }
        }
        if (sum < enough) continue
        found.push({
          x: origin[0] + ((at % columns) + sumX / sum) * spacing[0],
          y: origin[1] + (((at / columns) | 0) + sumY / sum) * spacing[1],
          radius,
          isBright,
          score: sum / whole,
        })
      }
      for (let bin = 0; bin < bins; bin++) votes[touched[bin]!] = 0
    }
  }
  found.sort((a, b) => b.score - a.score)
  const kept: CircleVote[] = []
  const apart = radii[0]! ** 2
  for (const vote of found) {
    if (kept.length === most) break
    if (kept.every((better) => (better.x - vote.x) ** 2 + (better.y - vote.y) ** 2 > apart)) kept.push(vote)
  }
  return kept
}
