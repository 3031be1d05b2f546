import { insideDistance } from './insideDistance.ts'
import type { SlabPatch } from './slabPatch.ts'

/** A disc that lies wholly in its tissue, where the tissue is most even. */
export interface QuietDisc {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** From the disc's rim to the nearest node that is not its tissue, in mm. */
  readonly clearance: number
  /** SD of the smoothed CT numbers in the disc, HU. */
  readonly sd: number
}

/** What is asked of a disc. */
export interface DiscRequest {
  /** Radii that may be taken, in mm, the largest first. */
  readonly radii: readonly number[]
  /** Distance that must stay between the disc's rim and other tissue, in mm. */
  readonly margin: number
  /**
   * A larger disc is taken as long as its SD is at most this many times the smallest one: of many small discs one is
   * always quiet by chance.
   */
  readonly asQuiet: number
  /** Whether places that stand out from the tissue's own noise are gone round; else only borders are. */
  readonly avoidsStreaks: boolean
  /** Whether a node at (x, y) in LPS mm with this CT number may be tissue. */
  readonly belongs: (x: number, y: number, hu: number) => boolean
}

/** SD of a Gaussian over its median absolute deviation. */
const SD_PER_MAD = 1.4826
/** A node farther from the tissue's median than so many robust SDs is a streak, a vessel or a septum, not noise. */
const STREAK_SDS = 4

/** Takes streaks out of the mask, not out of any mean: a disc then goes round them. */
function leaveOutStreaks(inside: Uint8Array, hu: Float32Array): void {
  const own = hu.filter((_, at) => inside[at] === 1).sort()
  if (own.length === 0) return
  const median = own[Math.floor(own.length / 2)]!
  const off = own.map((value) => Math.abs(value - median)).sort()
  const limit = STREAK_SDS * SD_PER_MAD * off[Math.floor(off.length / 2)]!
  for (let at = 0; at < inside.length; at++) if (Math.abs(hu[at]! - median) > limit) inside[at] = 0
}

function spread({ size, step, hu }: SlabPatch, i: number, j: number, radius: number): number {
  const reach = Math.floor(radius / step)
  let [n, sum, squares] = [0, 0, 0]
  for (let b = -reach; b <= reach; b++) {
    for (let a = -reach; a <= reach; a++) {
      if (Math.hypot(a, b) * step > radius) continue
      const value = hu[i + a + size[0] * (j + b)]!
      n++
      sum += value
      squares += value * value
    }
  }
  return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2))
}

/**
 * Finds the most even disc of tissue in a patch. Its CT number itself is not looked at beyond belonging to the
 * tissue: choosing the brightest or darkest place would bend the mean.
 *
 * @returns null when no disc of the smallest radius fits.
 */
export function quietestDisc(patch: SlabPatch, request: DiscRequest): QuietDisc | null {
  const { size, step, origin, hu } = patch
  const [ni, nj] = size
  const inside = new Uint8Array(ni * nj)
  for (let j = 0, at = 0; j < nj; j++) {
    for (let i = 0; i < ni; i++, at++) {
      if (request.belongs(origin[0] + i * step, origin[1] + j * step, hu[at]!)) inside[at] = 1
    }
  }
  if (request.avoidsStreaks) leaveOutStreaks(inside, hu)
  const distance = insideDistance(inside, ni, nj, step)
  const found = request.radii.flatMap((radius): QuietDisc[] => {
    let best: QuietDisc | null = null
    for (let j = 0, at = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) {
        const clearance = distance[at]! - radius
        if (clearance < request.margin) continue
        const sd = spread(patch, i, j, radius)
        if (best !== null && sd >= best.sd) continue
        best = { x: origin[0] + i * step, y: origin[1] + j * step, radius, clearance, sd }
      }
    }
    return best === null ? [] : [best]
  })
  const least = Math.min(...found.map((disc) => disc.sd))
  return found.find((disc) => disc.sd <= request.asQuiet * least) ?? null
}
