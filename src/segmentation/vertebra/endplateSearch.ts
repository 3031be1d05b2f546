import { type BodyBlock, blockValue } from './bodyBlock.ts'

/** A plane in a body frame: s = height + slopeU·u + slopeV·v. */
export interface PlaneGuess {
  readonly height: number
  readonly slopeU: number
  readonly slopeV: number
}

/** The two endplates as first found. */
export interface EndplateGuess {
  readonly upper: PlaneGuess
  readonly lower: PlaneGuess
}

/** The columns that are searched: an ellipse about the middle of the body, in mm, that fits into small bodies. */
const COLUMNS_MM = { halfWidth: 14, halfDepth: 9, step: 2 }
const SEARCH_MM = 34
const SLOPES_U = [-0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5]
const SLOPES_V = [-0.7, -0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
/** One column shows at most this much: an island or a vessel wall must not stand for a plate. */
const RIDGE_CLIP_HU = { low: -60, high: 220 }
/** Adult lumbar bodies are 20 to 36 mm high; the likelihood is that of a log-normal height about 27 mm. */
export const HEIGHT_MM = { least: 14, most: 42, typical: 27, spread: 0.22 }
/** How far the seed may lie from half-way between the plates, as SD in mm. */
const SEED_OFF_MM = 6

interface Column {
  readonly u: number
  readonly v: number
  /** Ridge response every mm of s from −REACH. */
  readonly ridge: Float32Array
}

const REACH_MM = 54

/** The negative second difference of a Gaussian: answers to a bright sheet with its height above its surroundings. */
function ridgeKernel(sigma: number): Float64Array {
  const half = Math.ceil(3.5 * sigma)
  const kernel = new Float64Array(2 * half + 1)
  let mean = 0
  for (let at = -half; at <= half; at++) {
    const x = (at / sigma) ** 2
    kernel[at + half] = (1 - x) * Math.exp(-x / 2)
    mean += kernel[at + half]! / kernel.length
  }
  let norm = 0
  for (let at = 0; at < kernel.length; at++) {
    kernel[at] = kernel[at]! - mean
    norm += Math.max(0, kernel[at]!)
  }
  return kernel.map((tap) => tap / norm)
}

function columnsOf(block: BodyBlock, centerV: number, sigma: number): Column[] {
  const kernel = ridgeKernel(sigma)
  const half = (kernel.length - 1) / 2
  const columns: Column[] = []
  const { halfWidth, halfDepth, step } = COLUMNS_MM
  const line = new Float64Array(2 * REACH_MM + 1)
  for (let v = -halfDepth; v <= halfDepth; v += step) {
    for (let u = -halfWidth; u <= halfWidth; u += step) {
      if ((u / halfWidth) ** 2 + (v / halfDepth) ** 2 > 1) continue
      for (let at = 0; at < line.length; at++) line[at] = blockValue(block, u, v + centerV, at - REACH_MM)
      const ridge = new Float32Array(line.length)
      for (let at = 0; at < line.length; at++) {
        let sum = 0
        for (let tap = -half; tap <= half; tap++) {
          const value = line[at + tap]
          sum += kernel[tap + half]! * (value ?? Number.NaN)
        }
        ridge[at] = Number.isNaN(sum) ? 0 : Math.min(RIDGE_CLIP_HU.high, Math.max(RIDGE_CLIP_HU.low, sum))
      }
      columns.push({ u, v: v + centerV, ridge })
    }
  }
  return columns
}

/** Mean ridge response over all columns for every height of a plane with the given slopes. */
function planeProfile(
  columns: readonly Column[],
  slopeU: number,
  slopeV: number,
  centerV: number,
): Float64Array {
  const profile = new Float64Array(2 * SEARCH_MM + 1)
  for (const { u, v, ridge } of columns) {
    const shift = slopeU * u + slopeV * (v - centerV) + REACH_MM - SEARCH_MM
    const whole = Math.floor(shift)
    const part = shift - whole
    for (let at = 0; at < profile.length; at++) {
      const from = at + whole
      if (from < 0 || from + 1 >= ridge.length) continue
      profile[at]! += ridge[from]! + part * (ridge[from + 1]! - ridge[from]!)
    }
  }
  for (let at = 0; at < profile.length; at++) profile[at]! /= columns.length
  return profile
}

/** How many different pairs are given at most. */
const MOST_GUESSES = 4
/** Pairs that differ by less than this in both plates are one, in mm. */
const SAME_MM = 4

/**
 * Finds the two endplates of the body around a seed, coarsely: the pairs of planes that show most bright plate, with no
 * other plate between them, at a likely distance and to either side of the seed.
 *
 * Not brightness but the ridge decides: a disc can be brighter than weak bone, the thin bony plate stands out of both.
 *
 * @param block - Smoothed by about 1 mm; its origin at the seed's height on the middle of the body.
 * @param centerV - The body's middle in v.
 * @param sigma - SD of the ridge filter in mm: about that of a plate in this series.
 * @returns Different pairs, the likeliest first; empty when none stands out of its surroundings.
 */
export function searchEndplates(block: BodyBlock, centerV: number, sigma: number): EndplateGuess[] {
  const columns = columnsOf(block, centerV, sigma)
  const profiles = SLOPES_V.map((slopeV) =>
    SLOPES_U.map((slopeU) => planeProfile(columns, slopeU, slopeV, centerV)),
  )
  const found: { merit: number; iu: number; iv: number; upper: number; lower: number }[] = []
  for (let iv = 0; iv < SLOPES_V.length; iv++) {
    for (let iu = 0; iu < SLOPES_U.length; iu++) {
      const lean = 0.12 * (SLOPES_U[iu]! ** 2 + 0.5 * SLOPES_V[iv]! ** 2)
      for (const pair of likelyPairs(profiles[iv]![iu]!)) {
        found.push({ ...pair, merit: pair.merit * (1 - lean), iu, iv })
      }
    }
  }
  found.sort((a, b) => b.merit - a.merit)
  const kept: typeof found = []
  for (const pair of found) {
    if (kept.length === MOST_GUESSES) break
    const isKnown = kept.some(
      ({ upper, lower }) => Math.abs(upper - pair.upper) < SAME_MM && Math.abs(lower - pair.lower) < SAME_MM,
    )
    if (!isKnown) kept.push(pair)
  }
  return kept.map(({ iu, iv, upper, lower }) => ({
    upper: ownTilt(profiles, iu, iv, upper),
    lower: ownTilt(profiles, iu, iv, lower),
  }))
}

/** The pairs of plates in one profile that could be a body's, with their merit. */
function likelyPairs(profile: Float64Array): { merit: number; upper: number; lower: number }[] {
  const peaks: { s: number; strength: number }[] = []
  for (let at = 1; at < profile.length - 1; at++) {
    const value = profile[at]!
    if (value > 4 && value >= profile[at - 1]! && value > profile[at + 1]!) {
      peaks.push({ s: at - SEARCH_MM, strength: value })
    }
  }
  const pairs: { merit: number; upper: number; lower: number }[] = []
  for (let low = 0; low < peaks.length; low++) {
    let between = 0
    for (let high = low + 1; high < peaks.length; high++) {
      if (high > low + 1) between = Math.max(between, peaks[high - 1]!.strength)
      const [a, b] = [peaks[low]!, peaks[high]!]
      const height = b.s - a.s
      if (height < HEIGHT_MM.least || height > HEIGHT_MM.most || a.s > -2 || b.s < 2) continue
      const likely =
        Math.exp(-0.5 * (Math.log(height / HEIGHT_MM.typical) / HEIGHT_MM.spread) ** 2) *
        Math.exp(-0.5 * ((a.s + b.s) / 2 / SEED_OFF_MM) ** 2)
      const plates = Math.sqrt(a.strength * b.strength) - 0.9 * between
      const merit = plates * (0.25 + 0.75 * likely)
      if (merit > 0) pairs.push({ merit, upper: b.s, lower: a.s })
    }
  }
  return pairs
}

/** The tilt of one plate alone, within a step or two of the common one. */
function ownTilt(
  profiles: readonly (readonly Float64Array[])[],
  iu: number,
  iv: number,
  s: number,
): PlaneGuess {
  let best = { value: -Infinity, iu, iv, at: s + SEARCH_MM }
  for (let jv = Math.max(0, iv - 1); jv <= Math.min(SLOPES_V.length - 1, iv + 1); jv++) {
    for (let ju = Math.max(0, iu - 1); ju <= Math.min(SLOPES_U.length - 1, iu + 1); ju++) {
      const profile = profiles[jv]![ju]!
      for (let at = s + SEARCH_MM - 2; at <= s + SEARCH_MM + 2; at++) {
        const value = profile[at] ?? -Infinity
        if (value > best.value) best = { value, iu: ju, iv: jv, at }
      }
    }
  }
  return {
    height: best.at - SEARCH_MM,
    slopeU: SLOPES_U[best.iu]!,
    slopeV: SLOPES_V[best.iv]!,
  }
}
