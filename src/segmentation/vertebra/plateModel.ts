import { blurredPlate, emptyPlate } from './blurredPlate.ts'
import type { CentralEllipse, PlateCells } from './endplateColumns.ts'
import type { ModelTable } from './modelTable.ts'

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

/** Fills a table from the given point on: one row per cell, the derivatives in the order of `PLATE_PARAMETER`. */
export type PlateModel = (parameters: Float64Array, table: ModelTable, first?: number) => void

/**
 * The CT number of a cell near an endplate, with its derivatives: bone (with a slope) → step to the disc + ridge of the
 * bony plate → the next plate's ridge and bone, all seen through slice thickness and blur.
 *
 * The plate is a plane with a dome along each half axis of the ellipse; heights count outward from the body.
 */
export function plateModel({ count, u, v, s }: PlateCells, ellipse: CentralEllipse): PlateModel {
  const own = emptyPlate()
  const next = emptyPlate()
  const a2 = ellipse.halfWidth ** 2
  const b2 = ellipse.halfDepth ** 2
  const domesU = u.map((x) => (x * x) / a2)
  const domesV = v.map((y) => (y * y) / b2)
  return (p, { values, gradients, stride }, first = 0) => {
    const [offset, slopeU, slopeV] = [p[P.offset]!, p[P.slopeU]!, p[P.slopeV]!]
    const [highU, highV] = [p[P.domeU]!, p[P.domeV]!]
    const [gap, gapU, gapV] = [p[P.gap]!, p[P.gapU]!, p[P.gapV]!]
    const [bone, boneSlope, disc, nextBone] = [p[P.bone]!, p[P.boneSlope]!, p[P.disc]!, p[P.nextBone]!]
    const [acrossU, acrossV, ridge, nextRidge] = [p[P.acrossU]!, p[P.acrossV]!, p[P.ridge]!, p[P.nextRidge]!]
    const sigma = Math.exp(p[P.logBlur]!)
    const half = Math.exp(p[P.logHalf]!)
    const toDisc = disc - bone
    const toNext = nextBone - disc
    for (let point = 0, at = first * stride; point < count; point++, at += stride) {
      const x = u[point]!
      const y = v[point]!
      const domeU = domesU[point]!
      const domeV = domesV[point]!
      const q = s[point]! - (offset + slopeU * x + slopeV * y + highU * domeU + highV * domeV)
      const q2 = q - (gap + gapU * x + gapV * y)
      blurredPlate(q, half, sigma, own)
      blurredPlate(q2, half, sigma, next)
      const inward = Math.min(0, q)
      // Derivative of the CT number by outward position of the first and of the second plate.
      const byQ = toDisc * own.stepByQ + ridge * own.ridgeByQ + (q < 0 ? boneSlope : 0)
      const byQ2 = toNext * next.stepByQ + nextRidge * next.ridgeByQ
      const bySurface = -(byQ + byQ2)
      gradients[at + P.offset] = bySurface
      gradients[at + P.slopeU] = bySurface * x
      gradients[at + P.slopeV] = bySurface * y
      gradients[at + P.domeU] = bySurface * domeU
      gradients[at + P.domeV] = bySurface * domeV
      gradients[at + P.logBlur] =
        sigma *
        (toDisc * own.stepBySigma +
          ridge * own.ridgeBySigma +
          toNext * next.stepBySigma +
          nextRidge * next.ridgeBySigma)
      gradients[at + P.logHalf] =
        half *
        (toDisc * own.stepByHalf +
          ridge * own.ridgeByHalf +
          toNext * next.stepByHalf +
          nextRidge * next.ridgeByHalf)
      gradients[at + P.gap] = -byQ2
      gradients[at + P.gapU] = -byQ2 * x
      gradients[at + P.gapV] = -byQ2 * y
      gradients[at + P.bone] = 1 - own.step
      gradients[at + P.boneSlope] = inward
      gradients[at + P.acrossU] = x
      gradients[at + P.acrossV] = y
      gradients[at + P.disc] = own.step - next.step
      gradients[at + P.ridge] = own.ridge
      gradients[at + P.nextRidge] = next.ridge
      gradients[at + P.nextBone] = next.step
      values[first + point] =
        bone +
        boneSlope * inward +
        acrossU * x +
        acrossV * y +
        toDisc * own.step +
        ridge * own.ridge +
        toNext * next.step +
        nextRidge * next.ridge
    }
  }
}
