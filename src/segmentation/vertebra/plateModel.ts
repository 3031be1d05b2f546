import { blurredPlate, emptyPlate } from './blurredPlate.ts'
import type { CentralEllipse, PlateCells } from './endplateColumns.ts'
import type { ModelPoint } from './leastSquares.ts'

/** The place of each parameter of the plate model. Lengths in mm, slopes mm per mm, CT numbers in HU. */
export const PLATE_PARAMETER = {
  offset: 0,
  slopeU: 1,
  slopeV: 2,
  domeU: 3,
  domeV: 4,
  logBlur: 5,
  logHalf: 6,
  gap: 7,
  gapU: 8,
  gapV: 9,
  bone: 10,
  boneSlope: 11,
  acrossU: 12,
  acrossV: 13,
  disc: 14,
  ridge: 15,
  nextRidge: 16,
  nextBone: 17,
} as const
/** How many parameters the plate model has. */
export const PLATE_PARAMETERS = 18
/** From here on the model is linear in its parameters. */
export const FIRST_LINEAR = PLATE_PARAMETER.bone
const P = PLATE_PARAMETER

/**
 * The CT number of a cell near an endplate, with its derivatives: bone (with a slope) → step to the disc + ridge of the
 * bony plate → the next plate's ridge and bone, all seen through slice thickness and blur.
 *
 * The plate is a plane with a dome along each half axis of the ellipse; heights count outward from the body.
 */
export function plateModel({ u, v, s }: PlateCells, ellipse: CentralEllipse): ModelPoint {
  const own = emptyPlate()
  const next = emptyPlate()
  const a2 = ellipse.halfWidth ** 2
  const b2 = ellipse.halfDepth ** 2
  return (p, point, gradient) => {
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
}
