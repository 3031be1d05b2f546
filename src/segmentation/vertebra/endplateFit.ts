import type { CentralEllipse, PlateCells } from './endplateColumns.ts'
import { fitLeastSquares, type Prior } from './leastSquares.ts'
import { FIRST_LINEAR, PLATE_PARAMETER as P, PLATE_PARAMETERS, plateModel } from './plateModel.ts'
import { plateResidual } from './plateResidual.ts'

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
  /** All parameters of the model, by `PLATE_PARAMETER`. */
  readonly parameters: Float64Array
}

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
}

/** A place from which a fit sets out: offset from the guess in mm, and slopes against it. */
export interface PlateStart {
  readonly offset: number
  readonly slopeU: number
  readonly slopeV: number
}

/** Cells this many SD off the model lose weight: bone islands, vessels; less strictly while the place is still sought. */
export const HUBER = { trial: 4, final: 3.5 }
/** From the guess itself. */
export const AT_GUESS: readonly PlateStart[] = [{ offset: 0, slopeU: 0, slopeV: 0 }]
/** A fit with fewer cells says nothing. */
const LEAST_CELLS = 80
/** Rounds of a first trial from each start, and of the best ones afterwards. */
const ROUNDS = { trial: 6, final: 30 }
/** How many of the best trials are finished. */
const FINALISTS = 3
/** Two results this near to each other are one: mm, and slope. */
const SAME = { offset: 0.4, slope: 0.03 }

/** What is believed of every parameter before the data speak. */
export function plateBeliefs(cells: PlateCells, expected: PlateExpectation): Prior[] {
  let inside = 0
  let n = 0
  for (let point = 0; point < cells.count; point++) {
    if (cells.s[point]! > -3) continue
    inside += cells.value[point]!
    n++
  }
  const bone = n === 0 ? 120 : inside / n
  const priors: Prior[] = new Array(PLATE_PARAMETERS)
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
  return priors
}

/**
 * How far the model itself is off: at least this many HU, and this share of what plate, bone and disc differ by. A plate
 * that passes from one slice to the next shows steps that no smooth sheet has, the higher the more it stands out.
 */
const MODEL_ERROR = { hu: 12, share: 0.3 }

/** SD of each cell: noise falls with its voxels, the model's own error does not. */
export function cellNoise({ count, value, voxels }: PlateCells, { noise }: PlateExpectation): Float64Array {
  let [sum, squares] = [0, 0]
  for (const cell of value) {
    sum += cell
    squares += cell * cell
  }
  const spread = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  return Float64Array.from(voxels, (n) =>
    Math.hypot(noise / Math.sqrt(n), MODEL_ERROR.hu, MODEL_ERROR.share * spread),
  )
}

/**
 * Fits an endplate as a blurred, slightly domed sheet between bone and disc, with the neighbour's plate beyond.
 *
 * Step and ridge share one position, so neither a bright nor a dark disc shifts the plate; the next plate takes part
 * because thick slices let both overlap. With several starts the fit may end in several valleys: all are given, for the
 * caller to judge them beside the other endplate.
 *
 * @returns The different results, that of least cost first; empty when too few cells hold data.
 */
export function fitPlate(
  cells: PlateCells,
  ellipse: CentralEllipse,
  expected: PlateExpectation,
  starts: readonly PlateStart[],
): PlateFit[] {
  if (cells.count < LEAST_CELLS) return []
  const model = plateModel(cells, ellipse)
  const sd = cellNoise(cells, expected)
  const priors = plateBeliefs(cells, expected)
  const middle = priors.map(({ value }) => value)
  const request = { points: cells.count, priors, sd, firstLinear: FIRST_LINEAR }
  const startAt = ({ offset, slopeU, slopeV }: PlateStart) =>
    middle.with(P.offset, offset).with(P.slopeU, slopeU).with(P.slopeV, slopeV)

  let from = starts.map(startAt)
  if (starts.length > 1) {
    const trials = from.map((start) =>
      fitLeastSquares({ ...request, start, rounds: ROUNDS.trial, huber: HUBER.trial }, model, cells.value),
    )
    trials.sort((a, b) => a.cost - b.cost)
    from = different(trials)
      .slice(0, FINALISTS)
      .map(({ parameters }) => [...parameters])
  }
  const results = from.map((start) =>
    fitLeastSquares({ ...request, start, rounds: ROUNDS.final, huber: HUBER.final }, model, cells.value),
  )
  results.sort((a, b) => a.cost - b.cost)
  return different(results).map(({ parameters, cost }) => plateOf(parameters, cost, cells, ellipse))
}

/** A plate in the caller's terms, from the parameters of the model. */
export function plateOf(p: Float64Array, cost: number, cells: PlateCells, ellipse: CentralEllipse): PlateFit {
  return {
    // Over an ellipse u²/a² and v²/b² have the mean 1/4; by symmetry they do not tilt the plane.
    offset: p[P.offset]! + (p[P.domeU]! + p[P.domeV]!) / 4,
    slopeU: p[P.slopeU]!,
    slopeV: p[P.slopeV]!,
    ridge: p[P.ridge]!,
    cost,
    residual: plateResidual(cells, ellipse, p, plateModel(cells, ellipse)),
    parameters: p,
  }
}

/** Results that differ in where the plate lies, the first of each kind. */
function different<R extends { readonly parameters: Float64Array }>(results: readonly R[]): R[] {
  const kept: R[] = []
  for (const result of results) {
    const p = result.parameters
    const isKnown = kept.some(
      ({ parameters: q }) =>
        Math.abs(p[P.offset]! - q[P.offset]!) < SAME.offset &&
        Math.hypot(p[P.slopeU]! - q[P.slopeU]!, p[P.slopeV]! - q[P.slopeV]!) < SAME.slope,
    )
    if (!isKnown) kept.push(result)
  }
  return kept
}
