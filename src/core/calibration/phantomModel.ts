import type { MgPerCm3, Mineral, Mm } from '../units.ts'

/** One rod of a phantom as its certificate states it. */
export interface PhantomRod {
  readonly label: string
  /** Density of the phantom's mineral. */
  readonly density: MgPerCm3
  /** Water-equivalent density, for phantoms whose equation has a water term. */
  readonly waterDensity?: MgPerCm3
  /** Standard uncertainty of the density; absent where the certificate states none. */
  readonly densitySd?: MgPerCm3
  /** The same of the water-equivalent density. */
  readonly waterDensitySd?: MgPerCm3
}

/** What is known of the size of a phantom's rods. Ranges, because most makers publish none. */
export interface PhantomRodGeometry {
  /** Smallest and largest rod diameter. */
  readonly diameter: readonly [Mm, Mm]
  /** Smallest and largest distance of neighbouring rods, centre to centre. */
  readonly spacing: readonly [Mm, Mm]
  /** Position of each rod along the row, where a certificate states it. */
  readonly positions?: readonly Mm[]
}

/** A calibration phantom: its rods in physical order, their mineral, and the equation that belongs to it. */
export interface PhantomModel {
  readonly id: string
  readonly name: string
  readonly mineral: Mineral
  /** `water-term`: the rods are not water plus mineral, and the fit needs their water density as well. */
  readonly equation: 'water-term' | 'linear'
  /** From one end of the phantom to the other; which end lies left is not fixed. */
  readonly rods: readonly PhantomRod[]
  readonly geometry: PhantomRodGeometry
  /** Where the densities come from: the library, the certificate of one phantom, or a user's own model. */
  readonly densitiesFrom: 'library' | 'certificate' | 'user file'
  /** Serial numbers the densities belong to; empty when the source names none. */
  readonly serials: readonly string[]
  readonly citation: string
}
