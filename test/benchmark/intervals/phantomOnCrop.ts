import type { FoundPhantom } from '../../../src/core/calibration/foundPhantom.ts'
import type { PhantomModel } from '../../../src/core/calibration/phantomModel.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { mgPerCm3, mm } from '../../../src/core/units.ts'
import { type Disc, HALF_LENGTH_MM } from './crop.ts'
import type { Draws } from './random.ts'
import { type Drawn, type Scanner, STATED } from './scanner.ts'

const ROD = { radius: 8, spacing: 34, y: 22 } as const
/** K₂HPO₄ in water: what a phantom with water densities is made of. @see Mindways QCT PRO User Guide v5.0, by Bonelab/Ogo */
const DISPLACED = 0.2174
const PURE_WATER = 999.6

/** What a phantom's rods are really made of: its certificate is off by as much as it states. */
export interface RealRod {
  readonly density: number
  readonly water: number | null
}

/** Draws the phantom behind a certificate. */
export const realRods = (phantom: PhantomModel, draws: Draws, drawn: Drawn): readonly RealRod[] => {
  const sd = drawn === 'everything' ? STATED.certificate : 0
  return phantom.rods.map(({ density, waterDensity }) => ({
    density: density + draws.normal(sd),
    water: waterDensity === undefined ? null : waterDensity + draws.normal(sd),
  }))
}

const centerX = (rods: number, at: number) => (at - (rods - 1) / 2) * ROD.spacing

/** The rods of a phantom as a scanner shows them. */
export const rodDiscs = (rods: readonly RealRod[], { response, offset, at }: Scanner): Disc[] =>
  rods.map(({ density, water }, index) => {
    const number =
      water === null
        ? response * density + offset
        : water - PURE_WATER + (response + DISPLACED) * density + offset
    return {
      x: centerX(rods.length, index),
      y: ROD.y,
      radius: ROD.radius,
      huAt: (z) => at(number, z),
    }
  })

/** The phantom as a finder of the stated accuracy gives it; in every other repeat it begins just below the vertebra. */
export function foundOnCrop(model: PhantomModel, draws: Draws, drawn: Drawn, isShort: boolean): FoundPhantom {
  const off = drawn === 'everything' ? STATED.placementMm : 0
  const certified: PhantomModel =
    drawn === 'noise only'
      ? model
      : {
          ...model,
          rods: model.rods.map((rod) => ({
            ...rod,
            densitySd: mgPerCm3(STATED.certificate),
            ...(rod.waterDensity === undefined ? {} : { waterDensitySd: mgPerCm3(STATED.certificate) }),
          })),
        }
  return {
    phantom: certified,
    placement: 'automatic',
    warnings: [],
    rods: certified.rods.map((rod, index) => ({
      rod,
      point: lpsPoint(centerX(model.rods.length, index) + draws.normal(off), ROD.y + draws.normal(off), 0),
      direction: lpsVector(0, 0, 1),
      radius: mm(ROD.radius),
      zRange: [isShort ? -6 : -HALF_LENGTH_MM, HALF_LENGTH_MM],
    })),
  }
}
