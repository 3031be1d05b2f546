import { QctError } from '../../core/errors.ts'
import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type BodyFrame, componentsIn, directionAt, pointAt, seenIn } from './bodyFrame.ts'
import { type CentralEllipse, gatherPlateCells } from './endplateColumns.ts'
import { AT_GUESS, fitPlate, type PlateFit, type PlateStart } from './endplateFit.ts'
import type { PlaneGuess } from './endplateSearch.ts'

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
}

/** How far inward and outward of a plate its surroundings take part in the fit, in mm. */
const WINDOW_MM = { inward: -8, outward: 9 }
/** Voxel noise to expect of a body CT, in HU; cells average it down. */
const EXPECTED_NOISE_HU = 25
/** The scanner's own blur of a plate, with the plate's roughness, as SD in mm. */
const PLATE_BLUR_MM = 0.8
/** The endplates of one body lean to each other by this much, as SD of the slope's difference, and of the height in mm. */
const LIKELY = { wedge: 0.09, height: 27, heightSd: 5 }

/** The starts of a first fit: slopes and, for thick slices, offsets that a coarse guess may miss. */
function firstStarts(sliceSpacing: number): PlateStart[] {
  const offsets = sliceSpacing > 3 ? [0, -2, 2] : [0]
  return offsets.flatMap((offset) =>
    [0, -0.12, 0.12].flatMap((slopeU) => [0, -0.15, 0.15].map((slopeV) => ({ offset, slopeU, slopeV }))),
  )
}

/** All results of fitting one endplate about a guess, as planes of the world. */
function fittedPlates(
  volume: CtVolume,
  frame: BodyFrame,
  ellipse: CentralEllipse,
  plane: WorldPlane,
  side: 1 | -1,
  first: { readonly sliceSpacing: number; readonly isFirst: boolean },
): FittedPlate[] {
  const guess = guessIn(frame, plane)
  const cells = gatherPlateCells(volume, frame, ellipse, guess, side, [WINDOW_MM.inward, WINDOW_MM.outward])
  const expected = {
    blur: PLATE_BLUR_MM,
    halfSlice: first.sliceSpacing / 2,
    noise: EXPECTED_NOISE_HU,
    // Once found, a plate may settle but not wander off.
    offsetSd: first.isFirst ? 2.5 : 1,
    slopeSd: first.isFirst ? 0.2 : 0.08,
  }
  const fits = fitPlate(cells, ellipse, expected, first.isFirst ? firstStarts(first.sliceSpacing) : AT_GUESS)
  return fits.map((fit) => ({
    plane: {
      point: pointAt(frame, ellipse.u, ellipse.v, guess.height + side * fit.offset),
      normal: directionAt(frame, -guess.slopeU - side * fit.slopeU, -guess.slopeV - side * fit.slopeV, 1),
    },
    fit,
  }))
}

/**
 * Fits both endplates of a body about their guesses.
 *
 * In thick slices one plate alone may fit in several places; the pair is chosen that fits best together: least cost,
 * nearly parallel, a likely distance apart.
 *
 * @throws {QctError} `BODY_AT_VOLUME_EDGE` when too few voxels lie about a plate.
 */
export function fitEndplates(
  volume: CtVolume,
  frame: BodyFrame,
  ellipse: CentralEllipse,
  guess: { readonly upper: WorldPlane; readonly lower: WorldPlane },
  first: { readonly sliceSpacing: number; readonly isFirst: boolean },
): FittedPlates {
  const uppers = fittedPlates(volume, frame, ellipse, guess.upper, 1, first)
  const lowers = fittedPlates(volume, frame, ellipse, guess.lower, -1, first)
  let best: FittedPlates | null = null
  let least = Infinity
  for (const upper of uppers) {
    for (const lower of lowers) {
      const [above, below] = [guessIn(frame, upper.plane), guessIn(frame, lower.plane)]
      const wedge = Math.hypot(above.slopeU - below.slopeU, above.slopeV - below.slopeV) / LIKELY.wedge
      const height = (above.height - below.height - LIKELY.height) / LIKELY.heightSd
      const cost = upper.fit.cost + lower.fit.cost + wedge ** 2 + height ** 2
      if (cost < least) {
        least = cost
        best = { upper, lower }
      }
    }
  }
  if (best === null)
    throw new QctError('BODY_AT_VOLUME_EDGE', { side: uppers.length === 0 ? 'upper' : 'lower' })
  return best
}
