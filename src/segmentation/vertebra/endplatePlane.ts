import { QctError } from '../../core/errors.ts'
import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type BodyFrame, componentsIn, directionAt, pointAt, seenIn } from './bodyFrame.ts'
import { type CentralEllipse, gatherPlateCells } from './endplateColumns.ts'
import { AT_GUESS, fitPlate, type PlateFit, type PlateStart } from './endplateFit.ts'
import { fitPlatePair } from './endplatePairFit.ts'
import type { PlaneGuess } from './endplateSearch.ts'
import type { WallAxis } from './wallAxis.ts'

/** A plane in the world whose unit normal points to the head. */
export interface WorldPlane {
  readonly point: LpsPoint
  readonly normal: LpsVector
}

/** A plane of the world as seen in a frame: height above its origin and slopes. */
export function guessIn(frame: BodyFrame, plane: WorldPlane): PlaneGuess {
  const [u, v, s] = seenIn(frame, plane.point)
  const [nu, nv, ns] = componentsIn(frame, plane.normal)
  return { height: s + (nu * u + nv * v) / ns, slopeU: -nu / ns, slopeV: -nv / ns }
}

/** An endplate fitted and placed in the world. */
export interface FittedPlate {
  readonly plane: WorldPlane
  readonly fit: PlateFit
}

/** The two endplates of one body. */
export interface FittedPlates {
  readonly upper: FittedPlate
  readonly lower: FittedPlate
  /** Cost of the fit by cell: below 1 where bone, plates and discs are as the model thinks. */
  readonly misfit: number
}

/** How far inward and outward of a plate its surroundings take part in the fit, in mm. */
const WINDOW_MM = { inward: -9, outward: 10 }
/** Voxel noise to expect of a body CT, in HU; cells average it down. */
const EXPECTED_NOISE_HU = 25
/** The scanner's own blur of a plate, with the plate's roughness, as SD in mm. */
const PLATE_BLUR_MM = 0.8
/** Slices farther apart than this, in mm, do not place each plate by itself: both are fitted in one. */
const THICK_MM = 1.8
/** How many pairs of single fits the common fit sets out from. */
const PAIRS = 2
/** Places, outward from each single fit in mm, from which the first common fit sets out as well. */
const SHIFTS = [0, -1.5, 1.5, -3, 3].flatMap((up) => [0, -1.5, 1.5, -3, 3].map((down) => [up, down] as const))
const UNSHIFTED = [[0, 0]] as const

/** The starts of a first fit: slopes against the coarse guess. */
const FIRST_STARTS: readonly PlateStart[] = [0, -0.12, 0.12].flatMap((slopeU) =>
  [0, -0.15, 0.15].map((slopeV) => ({ offset: 0, slopeU, slopeV })),
)

/** How a round of fitting goes about it. */
export interface PlateRound {
  readonly sliceSpacing: number
  /** The first round starts from coarse guesses; later ones may settle a plate but not let it wander off. */
  readonly isFirst: boolean
  /** The direction of the body's walls in the frame, where it was found. */
  readonly axis: WallAxis | null
}

/**
 * Fits both endplates of a body about their guesses.
 *
 * @throws {QctError} `BODY_AT_VOLUME_EDGE` when too few voxels lie about a plate.
 */
export function fitEndplates(
  volume: CtVolume,
  frame: BodyFrame,
  ellipse: CentralEllipse,
  guess: { readonly upper: WorldPlane; readonly lower: WorldPlane },
  round: PlateRound,
): FittedPlates {
  const guesses = { upper: guessIn(frame, guess.upper), lower: guessIn(frame, guess.lower) }
  const window = [WINDOW_MM.inward, WINDOW_MM.outward] as const
  const cells = {
    upper: gatherPlateCells(volume, frame, ellipse, guesses.upper, 1, window),
    lower: gatherPlateCells(volume, frame, ellipse, guesses.lower, -1, window),
  }
  const expected = {
    blur: PLATE_BLUR_MM,
    halfSlice: round.sliceSpacing / 2,
    noise: EXPECTED_NOISE_HU,
    offsetSd: round.isFirst ? 2.5 : 1,
    slopeSd: round.isFirst ? 0.2 : 0.08,
  }
  const starts = round.isFirst ? FIRST_STARTS : AT_GUESS
  const uppers = fitPlate(cells.upper, ellipse, expected, starts)
  const lowers = fitPlate(cells.lower, ellipse, expected, starts)
  const pairs = uppers.flatMap((upper) => lowers.map((lower) => [upper, lower] as const))
  pairs.sort((a, b) => a[0].cost + a[1].cost - b[0].cost - b[1].cost)
  const first = pairs[0]
  if (first === undefined) {
    throw new QctError('BODY_AT_VOLUME_EDGE', { side: uppers.length === 0 ? 'upper' : 'lower' })
  }
  const pair = {
    ...cells,
    ellipse,
    wedgeU: guesses.upper.slopeU - guesses.lower.slopeU,
    wedgeV: guesses.upper.slopeV - guesses.lower.slopeV,
    height: guesses.upper.height - guesses.lower.height,
    // Planes at right angles to the walls fall where the walls lean.
    leanU: round.axis && -2 * round.axis.slopeU - guesses.upper.slopeU - guesses.lower.slopeU,
    leanV: round.axis && -2 * round.axis.slopeV - guesses.upper.slopeV - guesses.lower.slopeV,
  }
  const joint =
    round.sliceSpacing > THICK_MM
      ? fitPlatePair(pair, expected, pairs.slice(0, PAIRS), round.isFirst ? SHIFTS : UNSHIFTED)
      : null
  const chosen = joint ?? first
  const cost = joint === null ? first[0].cost + first[1].cost : joint[0].cost
  const placed = (fit: PlateFit, { height, slopeU, slopeV }: PlaneGuess, side: 1 | -1): FittedPlate => ({
    plane: {
      point: pointAt(frame, ellipse.u, ellipse.v, height + side * fit.offset),
      normal: directionAt(frame, -slopeU - side * fit.slopeU, -slopeV - side * fit.slopeV, 1),
    },
    fit,
  })
  return {
    upper: placed(chosen[0], guesses.upper, 1),
    lower: placed(chosen[1], guesses.lower, -1),
    misfit: cost / (cells.upper.count + cells.lower.count),
  }
}
