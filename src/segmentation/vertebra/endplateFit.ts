import { blurredPlate, emptyPlate } from './blurredPlate.ts'
import type { CentralEllipse, PlateCells } from './endplateColumns.ts'
import { fitLeastSquares, type Prior } from './leastSquares.ts'

/** An endplate fitted to the cells around it; lengths in mm, relative to the guess the cells were gathered about. */
export interface PlateFit {
  /** The least-squares plane of the fitted plate over the ellipse: outward offset and slopes. */
  readonly offset: number
  readonly slopeU: number
  readonly slopeV: number
  /** How high the plate stands out of bone and disc, in HU, as blurred. */
  readonly ridge: number
  /** Cost of the fit: lower is better among fits of the same cells. */
  readonly cost: number
  /** Robust SD of the plate's points about the plane. */
  readonly residual: number
  /** Distance to the next plate beyond the disc. */
  readonly gap: number
}

const P = {
  offset: 0,
  slopeU: 1,
  slopeV: 2,
  domeU: 3,
  domeV: 4,
  logBlur: 5,
  gap: 6,
  gapU: 7,
  gapV: 8,
  bone: 9,
  boneSlope: 10,
  acrossU: 11,
  acrossV: 12,
  disc: 13,
  ridge: 14,
  nextRidge: 15,
  nextBone: 16,
  logHalf: 17,
} as const
const PARAMETERS = 18

/** Starts of a first fit: slopes along u and v. */
const LEANS = [0, -0.12, 0.12].flatMap((leanU) => [0, -0.15, 0.15].map((leanV) => [leanU, leanV] as const))

/** What is known before the fit. */
export interface PlateExpectation {
  /** SD of the scanner's own blur across a plate, and half the slice thickness seen across it, in mm. */
  readonly blur: number
  readonly halfSlice: number
  /** SD of the noise of one voxel, in HU. */
  readonly noise: number
  /** How sure the guess of the plane is: SD of offset in mm, and of slopes. */
  readonly offsetSd: number
  readonly slopeSd: number
  /** Whether to try leaning starts as well: a first guess may lie in the neighbouring valley of the fit. */
  readonly tryLeans: boolean
}

/**
 * Fits an endplate as a blurred, slightly domed sheet between bone and disc, with the neighbour's plate beyond.
 *
 * CT number across the plate = bone (with a slope) → step to the disc + ridge of the bony plate → the next plate's
 * ridge and bone, all seen through slice thickness and blur. Step and ridge share one position, so neither a bright
 * nor a dark disc shifts the plate; the next plate takes part because thick slices let both overlap.
 *
 * @returns null when too few cells hold data.
 */
export function fitPlate(
  cells: PlateCells,
  ellipse: CentralEllipse,
  expected: PlateExpectation,
): PlateFit | null {
  if (cells.count < 120) return null
  const { u, v, s, value, voxels } = cells
  const own = emptyPlate()
  const next = emptyPlate()
  const a2 = ellipse.halfWidth ** 2
  const b2 = ellipse.halfDepth ** 2

  const model = (p: Float64Array, point: number, gradient: Float64Array): number => {
    const [x, y] = [u[point]!, v[point]!]
    const domeU = (x * x) / a2
    const domeV = (y * y) / b2
    const sigma = Math.exp(p[P.logBlur]!)
    const half = Math.exp(p[P.logHalf]!)
    const q =
      s[point]! -
      (p[P.offset]! + p[P.slopeU]! * x + p[P.slopeV]! * y + p[P.domeU]! * domeU + p[P.domeV]! * domeV)
    const q2 = q - (p[P.gap]! + p[P.gapU]! * x + p[P.gapV]! * y)
    blurredPlate(q, half, sigma, own)
    blurredPlate(q2, half, sigma, next)
    const inward = Math.min(0, q)
    const toDisc = p[P.disc]! - p[P.bone]!
    const toNext = p[P.nextBone]! - p[P.disc]!
    // Derivative of the CT number by outward position of the first and of the second plate.
    const byQ = toDisc * own.stepByQ + p[P.ridge]! * own.ridgeByQ + (q < 0 ? p[P.boneSlope]! : 0)
    const byQ2 = toNext * next.stepByQ + p[P.nextRidge]! * next.ridgeByQ
    const bySurface = -(byQ + byQ2)
    gradient[P.offset] = bySurface
    gradient[P.slopeU] = bySurface * x
    gradient[P.slopeV] = bySurface * y
    gradient[P.domeU] = bySurface * domeU
    gradient[P.domeV] = bySurface * domeV
    gradient[P.logBlur] =
      sigma *
      (toDisc * own.stepBySigma +
        p[P.ridge]! * own.ridgeBySigma +
        toNext * next.stepBySigma +
        p[P.nextRidge]! * next.ridgeBySigma)
    gradient[P.logHalf] =
      half *
      (toDisc * own.stepByHalf +
        p[P.ridge]! * own.ridgeByHalf +
        toNext * next.stepByHalf +
        p[P.nextRidge]! * next.ridgeByHalf)
    gradient[P.gap] = -byQ2
    gradient[P.gapU] = -byQ2 * x
    gradient[P.gapV] = -byQ2 * y
    gradient[P.bone] = 1 - own.step
    gradient[P.boneSlope] = inward
    gradient[P.acrossU] = x
    gradient[P.acrossV] = y
    gradient[P.disc] = own.step - next.step
    gradient[P.ridge] = own.ridge
    gradient[P.nextRidge] = next.ridge
    gradient[P.nextBone] = next.step
    return (
      p[P.bone]! +
      p[P.boneSlope]! * inward +
      p[P.acrossU]! * x +
      p[P.acrossV]! * y +
      toDisc * own.step +
      p[P.ridge]! * own.ridge +
      toNext * next.step +
      p[P.nextRidge]! * next.ridge
    )
  }

  let inside = 0
  let n = 0
  for (let point = 0; point < cells.count; point++) {
    if (s[point]! > -3) continue
    inside += value[point]!
    n++
  }
  const bone = n === 0 ? 120 : inside / n
  // A cell's noise falls with its voxels, but the model itself is no better than a few HU.
  const sd = Float64Array.from(voxels, (count) => Math.hypot(expected.noise / Math.sqrt(count), 12))
  const priors: (Prior | null)[] = new Array(PARAMETERS).fill(null)
  priors[P.offset] = { value: 0, sd: expected.offsetSd }
  priors[P.slopeU] = { value: 0, sd: expected.slopeSd }
  priors[P.slopeV] = { value: 0, sd: expected.slopeSd }
  priors[P.domeU] = { value: 0, sd: 0.8 }
  priors[P.domeV] = { value: 0, sd: 0.8 }
  priors[P.logBlur] = { value: Math.log(expected.blur), sd: 0.25 }
  priors[P.logHalf] = { value: Math.log(expected.halfSlice), sd: 0.12 }
  priors[P.gap] = { value: 9, sd: 2.5 }
  priors[P.gapU] = { value: 0, sd: 0.08 }
  priors[P.gapV] = { value: 0, sd: 0.12 }
  priors[P.bone] = { value: bone, sd: 80 }
  priors[P.boneSlope] = { value: 0, sd: 8 }
  priors[P.acrossU] = { value: 0, sd: 1.5 }
  priors[P.acrossV] = { value: 0, sd: 1.5 }
  priors[P.disc] = { value: 90, sd: 40 }
  priors[P.ridge] = { value: 150, sd: 150 }
  priors[P.nextRidge] = { value: 150, sd: 150 }
  priors[P.nextBone] = { value: bone, sd: 60 }
  const middle = priors.map((prior) => prior!.value)
  const request = { points: cells.count, priors, sd, huber: 2.5 }
  let start: readonly number[] = middle
  if (expected.tryLeans) {
    let least = Infinity
    for (const [leanU, leanV] of LEANS) {
      const leaning = middle.with(P.slopeU, leanU).with(P.slopeV, leanV)
      const tried = fitLeastSquares({ ...request, start: leaning, rounds: 7 }, model, value)
      if (tried.cost < least) {
        least = tried.cost
        start = [...tried.parameters]
      }
    }
  }
  const { parameters: p, cost } = fitLeastSquares({ ...request, start, rounds: 40 }, model, value)

  return {
    // Over an ellipse u²/a² and v²/b² have the mean 1/4; by symmetry they do not tilt the plane.
    offset: p[P.offset]! + (p[P.domeU]! + p[P.domeV]!) / 4,
    slopeU: p[P.slopeU]!,
    slopeV: p[P.slopeV]!,
    ridge: p[P.ridge]!,
    cost,
    gap: p[P.gap]!,
    residual: plateResidual(cells, ellipse, p, model),
  }
}

/** Patches for the residual: as many along each axis of the ellipse. */
const PATCHES = 5

/** Robust SD of the heights of the plate's patches about the fitted plane. */
function plateResidual(
  { count, u, v, value, voxels }: PlateCells,
  { halfWidth, halfDepth }: CentralEllipse,
  p: Float64Array,
  model: (p: Float64Array, point: number, gradient: Float64Array) => number,
): number {
  const gradient = new Float64Array(PARAMETERS)
  const top = new Float64Array(PATCHES * PATCHES)
  const bottom = new Float64Array(PATCHES * PATCHES)
  for (let point = 0; point < count; point++) {
    const off = value[point]! - model(p, point, gradient)
    const slope = gradient[P.offset]!
    const column = Math.min(PATCHES - 1, Math.floor(((u[point]! / halfWidth + 1) / 2) * PATCHES))
    const row = Math.min(PATCHES - 1, Math.floor(((v[point]! / halfDepth + 1) / 2) * PATCHES))
    const patch = column + PATCHES * row
    top[patch]! += voxels[point]! * off * slope
    bottom[patch]! += voxels[point]! * slope * slope
  }
  const dome = (p[P.domeU]! + p[P.domeV]!) / 4
  const strongest = Math.max(...bottom)
  const deviations: number[] = []
  for (let patch = 0; patch < top.length; patch++) {
    if (bottom[patch]! < strongest / 20) continue
    const x = ((patch % PATCHES) + 0.5) * (2 / PATCHES) - 1
    const y = (Math.floor(patch / PATCHES) + 0.5) * (2 / PATCHES) - 1
    const bulge = p[P.domeU]! * x * x + p[P.domeV]! * y * y - dome
    deviations.push(Math.abs(top[patch]! / bottom[patch]! + bulge))
  }
  deviations.sort((a, b) => a - b)
  // Median absolute deviation of a normal distribution is 0.6745 SD.
  return deviations.length === 0 ? 0 : deviations[deviations.length >> 1]! / 0.6745
}
