import { QctError } from '../../core/errors.ts'
import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type BodyFrame, componentsIn, directionAt, pointAt, seenIn } from './bodyFrame.ts'
import { type CentralEllipse, gatherPlateCells } from './endplateColumns.ts'
import { fitPlate, type PlateFit } from './endplateFit.ts'
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

/** How far inward and outward of a plate its surroundings take part in the fit, in mm. */
const WINDOW_MM = { inward: -8, outward: 9 }
/** The scanner's own blur of a plate, with the plate's roughness, as SD in mm. */
const PLATE_BLUR_MM = 0.8
/** Voxel noise to expect of a body CT, in HU; cells average it down. */
const EXPECTED_NOISE_HU = 25

/**
 * Fits one endplate about a guess and gives it as a plane of the world.
 *
 * @throws {QctError} `BODY_AT_VOLUME_EDGE` when too few voxels lie about it.
 */
export function fittedPlane(
  volume: CtVolume,
  frame: BodyFrame,
  ellipse: CentralEllipse,
  guess: PlaneGuess,
  side: 1 | -1,
  expected: { readonly halfSlice: number; readonly isFirst: boolean },
): { plane: WorldPlane; fit: PlateFit } {
  const window = [WINDOW_MM.inward, WINDOW_MM.outward] as const
  const cells = gatherPlateCells(volume, frame, ellipse, guess, side, window)
  const fit = fitPlate(cells, ellipse, {
    blur: PLATE_BLUR_MM,
    halfSlice: expected.halfSlice,
    noise: EXPECTED_NOISE_HU,
    offsetSd: 2.5,
    slopeSd: 0.2,
    tryLeans: expected.isFirst,
  })
  if (fit === null) throw new QctError('BODY_AT_VOLUME_EDGE', { side: side === 1 ? 'upper' : 'lower' })
  const height = guess.height + side * fit.offset
  const slopeU = guess.slopeU + side * fit.slopeU
  const slopeV = guess.slopeV + side * fit.slopeV
  return {
    plane: {
      point: pointAt(frame, ellipse.u, ellipse.v, height),
      normal: directionAt(frame, -slopeU, -slopeV, 1),
    },
    fit,
  }
}
