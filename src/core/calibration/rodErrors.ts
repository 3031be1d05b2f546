import type { MeasuredRod } from './densityCalibration.ts'

/** How the errors of a rod appear in the y of a fit, and what an error of y is in density. */
export interface RodScale {
  /** y per HU of the rod's mean. */
  readonly perHu: number
  /** y per mg/cm³ of its certified mineral density. */
  readonly perDensity: number
  /** y per mg/cm³ of its certified water-equivalent density. */
  readonly perWaterDensity: number
}

/** Density is y: an error of the mean counts by the slope. */
export const linearScale = (slope: number): RodScale => ({
  perHu: slope,
  perDensity: 1,
  perWaterDensity: 0,
})

/** The CT number above water is y, density is x: an error of x counts by the reference slope. */
export const waterTermScale = (referenceSlope: number): RodScale => ({
  perHu: 1,
  perDensity: referenceSlope,
  perWaterDensity: 1,
})

/** What one rod may be off by, in the y of its fit. */
export interface RodErrors {
  readonly noise: number
  /** Null where it is not known. */
  readonly placement: number | null
  readonly certificate: number | null
  /** With its sign: the rods drift together. */
  readonly drift: number | null
  /** All that is known and independent from rod to rod, in quadrature. */
  readonly independent: number
}

/** The errors of a rod as far as they are stated. */
export function rodErrors(rod: MeasuredRod, { perHu, perDensity, perWaterDensity }: RodScale): RodErrors {
  const noise = Math.abs(perHu) * rod.standardErrorHu
  const placement = rod.placementSdHu === undefined ? null : Math.abs(perHu) * rod.placementSdHu
  const isStated = rod.densitySd !== undefined && (perWaterDensity === 0 || rod.waterDensitySd !== undefined)
  // A certificate that states one of two densities is counted with it, but is not known.
  const stated = Math.hypot(perDensity * (rod.densitySd ?? 0), perWaterDensity * (rod.waterDensitySd ?? 0))
  return {
    noise,
    placement,
    certificate: isStated ? stated : null,
    drift: rod.driftHu === undefined ? null : perHu * rod.driftHu,
    independent: Math.hypot(noise, placement ?? 0, stated),
  }
}
