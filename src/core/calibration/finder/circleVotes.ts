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

/** Edge pixels: positions (pixels) and unit gradients, thinned to the ridge of the gradient. */
function ridgeOf(image: PlaneImage, minGradient: number) {
  const { columns, rows, spacing, values } = image
  const gradient = new Float32Array(columns * rows)
  const gx = new Float32Array(columns * rows)
  const gy = new Float32Array(columns * rows)
  for (let j = 1; j < rows - 1; j++) {
    for (let i = 1; i < columns - 1; i++) {
      const at = i + columns * j
      const dx = (values[at + 1]! - values[at - 1]!) / (2 * spacing[0])
      const dy = (values[at + columns]! - values[at - columns]!) / (2 * spacing[1])
      gx[at] = dx
      gy[at] = dy
      gradient[at] = Math.sqrt(dx * dx + dy * dy)
    }
  }
  const ridge: number[] = []
  for (let j = 2; j < rows - 2; j++) {
    for (let i = 2; i < columns - 2; i++) {
      const at = i + columns * j
      const here = gradient[at]!
      if (!(here >= minGradient)) continue
      // The neighbours ahead of and behind the pixel along its gradient, to the nearest of eight directions.
      const [ux, uy] = [gx[at]! / here, gy[at]! / here]
      const stepTo = (ux > 0.38 ? 1 : ux < -0.38 ? -1 : 0) + columns * (uy > 0.38 ? 1 : uy < -0.38 ? -1 : 0)
      if (here >= gradient[at + stepTo]! && here > gradient[at - stepTo]!) ridge.push(at)
    }
  }
  return { ridge, gx, gy, gradient }
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
  const { ridge, gx, gy, gradient } = ridgeOf(image, search.minGradient)
  const pixel = Math.sqrt(spacing[0] * spacing[1])
  const found: CircleVote[] = []
  const votes = new Uint16Array(columns * rows)
  for (const radius of radii) {
    const whole = (2 * Math.PI * radius) / pixel
    for (const isBright of [true, false]) {
      votes.fill(0)
      const reach = isBright ? radius : -radius
      for (const at of ridge) {
        const length = gradient[at]!
        const i = Math.round((at % columns) + (reach * gx[at]!) / (length * spacing[0]))
        const j = Math.round(Math.floor(at / columns) + (reach * gy[at]!) / (length * spacing[1]))
        if (i > 0 && j > 0 && i < columns - 1 && j < rows - 1)
          votes[i + columns * j] = votes[i + columns * j]! + 1
      }
      const enough = minScore * whole
      for (let j = 1; j < rows - 1; j++) {
        for (let i = 1; i < columns - 1; i++) {
          const at = i + columns * j
          if (votes[at] === 0) continue
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
            x: origin[0] + (i + sumX / sum) * spacing[0],
            y: origin[1] + (j + sumY / sum) * spacing[1],
            radius,
            isBright,
            score: sum / whole,
          })
        }
      }
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
