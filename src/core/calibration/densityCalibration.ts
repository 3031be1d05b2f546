import type { LpsPoint } from '../geometry/lps.ts'
import type { Hu, MgPerCm3, Mineral, Mm } from '../units.ts'

/** What one rod of a calibration phantom measured, and what its certificate says. */
export interface MeasuredRod {
  readonly label: string
  readonly meanHu: Hu
  /** Sample standard deviation of the rod's voxels (n − 1). */
  readonly sdHu: Hu
  /** Standard error of the mean that knows the noise's autocorrelation. */
  readonly standardErrorHu: Hu
  readonly n: number
  /** Certified density of the rod's mineral. */
  readonly density: MgPerCm3
  /** Certified water-equivalent density, for phantoms whose equation has a water term. */
  readonly waterDensity?: MgPerCm3
  /** Standard uncertainty of the certified density; absent where the certificate states none. */
  readonly densitySd?: MgPerCm3
  /** The same of the water-equivalent density. */
  readonly waterDensitySd?: MgPerCm3
  /** Standard uncertainty of the mean from where the sample was placed on the rod; absent where it was not studied. */
  readonly placementSdHu?: Hu
  /**
   * By how much the mean differs from the rod's CT number beside the vertebra, as far as a change along the rod shows
   * beyond noise; with its sign, because the rods change together. Absent where it was not studied.
   */
  readonly driftHu?: Hu
  /** Centre of the sampled part. */
  readonly center: LpsPoint
  readonly radius: Mm
}

/** The line ρ = slope·H + intercept with all that is needed to state its doubt. */
export interface DensityCalibration {
  readonly method: 'in-scan'
  /** Phantom model id of the library, for example `mindways-model-3`. */
  readonly phantom: string
  readonly mineral: Mineral
  readonly equation: 'water-term' | 'linear'
  /** mg/cm³ per HU. */
  readonly slope: number
  readonly intercept: MgPerCm3
  /** Residual SD of the fit in mg/cm³; null when two rods leave nothing to judge it by. */
  readonly residualSd: MgPerCm3 | null
  /** Covariance of (slope, intercept): [var(slope), cov, var(intercept)], in the squares of their units. */
  readonly covariance: readonly [number, number, number]
  readonly rods: readonly MeasuredRod[]
}

/** Density on the calibration's mineral scale of a CT number. */
export const densityOf = (
  calibration: Pick<DensityCalibration, 'slope' | 'intercept'>,
  ctNumber: Hu,
): MgPerCm3 => (calibration.slope * ctNumber + calibration.intercept) as MgPerCm3
