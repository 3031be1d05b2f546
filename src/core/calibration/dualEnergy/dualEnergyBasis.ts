import { QctError, type QctWarning, qctWarning } from '../../errors.ts'
import type { Hu, MgPerCm3 } from '../../units.ts'
import { fitLine, lineInfluence } from '../lineFit.ts'

/** How one series answers to calcium and to soft tissue: H = offset + calcium·ρ_HA + soft·s. */
export interface SeriesResponse {
  /** HU per mg/cm³ of hydroxyapatite. */
  readonly calcium: number
  /** HU per unit of soft tissue. */
  readonly soft: number
  /** HU where both are zero. */
  readonly offset: Hu
  /** [var(calcium), cov(calcium, offset), var(offset)]. */
  readonly covariance: readonly [number, number, number]
}

/** The 2×2 basis of two registered series. */
export interface DualEnergyBasis {
  readonly origin: 'phantom' | 'user'
  readonly low: SeriesResponse
  readonly high: SeriesResponse
  /**
   * What the two responses share, as covariances like those of each: an error of a rod's certificate moves both lines
   * at once. Absent where nothing is known to be shared.
   */
  readonly sharedCovariance?: readonly [number, number, number]
  readonly citation: string
}

/** What a rod of known hydroxyapatite density shows in both series. */
export interface DualEnergyRod {
  readonly density: MgPerCm3
  readonly lowHu: Hu
  readonly highHu: Hu
  readonly lowStandardErrorHu: Hu
  readonly highStandardErrorHu: Hu
  /** Standard uncertainty of the certified density; absent where the certificate states none. */
  readonly densitySd?: MgPerCm3
}

/** A basis and the doubts that ride on it. */
export interface FittedBasis {
  readonly basis: DualEnergyBasis
  /** Residual SD of each line in HU; null for two rods. */
  readonly residualSdHu: { readonly low: number | null; readonly high: number | null }
  readonly warnings: readonly QctWarning[]
}

/**
 * Least angle between the directions of calcium and soft tissue in the plane of the two series, as its sine. By the
 * mass attenuation table 1 mg/cm³ of hydroxyapatite adds about 2.3 HU at 55 keV and 1.4 HU at 80 keV, a sine of 0.23;
 * at 0.05 one HU of noise in each series is already more than 7 mg/cm³.
 */
export const LEAST_SEPARATION = 0.05

/** Sine of the angle between calcium and soft tissue, from low and high energy. */
export function separation({ low, high }: Pick<DualEnergyBasis, 'low' | 'high'>): number {
  const determinant = low.calcium * high.soft - high.calcium * low.soft
  return Math.abs(determinant) / (Math.hypot(low.calcium, high.calcium) * Math.hypot(low.soft, high.soft))
}

/**
 * Refuses a basis whose two directions lie too close together, or that holds what is no number.
 * @throws {QctError} `DUAL_ENERGY_INPUT_INVALID`, `DUAL_ENERGY_BASIS_ALIKE`
 */
export function checkBasis(basis: DualEnergyBasis): void {
  for (const response of [basis.low, basis.high]) {
    const { calcium, soft, offset, covariance } = response
    const [varCalcium, cov, varOffset] = covariance
    const finite = [calcium, soft, offset, ...covariance].every(Number.isFinite)
    if (!finite || varCalcium < 0 || varOffset < 0 || cov * cov > varCalcium * varOffset * (1 + 1e-9)) {
      throw new QctError('DUAL_ENERGY_INPUT_INVALID', { problem: 'the basis or its covariance is not valid' })
    }
  }
  const found = separation(basis)
  if (!(found >= LEAST_SEPARATION)) {
    throw new QctError('DUAL_ENERGY_BASIS_ALIKE', { separation: found || 0, required: LEAST_SEPARATION })
  }
}

/** Covariance of two lines through the same rods from the errors of their certificate. */
function sharedCovariance(rods: readonly DualEnergyRod[], slopes: number): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  lineInfluence(rods.map((rod) => rod.density))?.forEach(({ onSlope, onIntercept }, at) => {
    const shared = slopes * (rods[at]!.densitySd ?? 0) ** 2
    sum[0] += onSlope * onSlope * shared
    sum[1] += onSlope * onIntercept * shared
    sum[2] += onIntercept * onIntercept * shared
  })
  return sum
}

/**
 * The basis from hydroxyapatite rods of known density seen in both series: one least-squares line of HU on density
 * for each. Soft tissue is the direction of water: a CT number is 1000·(μ/μ_w − 1), so more or less of a material
 * that attenuates like water changes both series by the same HU, at any pair of energies. Fat leaves this direction;
 * a user's basis can state another.
 *
 * @throws {QctError} `DUAL_ENERGY_RODS_INVALID`; `DUAL_ENERGY_BASIS_ALIKE`
 * @see Bonelab/DECT_BoneAnalysis, commit 87ab9ca: ρ = ((H_hi − b_hi) − (H_lo − b_lo)) / (m_hi − m_lo), the same basis
 */
export function basisFromRods(rods: readonly DualEnergyRod[], citation: string): FittedBasis {
  if (rods.length < 2) throw new QctError('DUAL_ENERGY_RODS_INVALID', { problem: 'two rods are needed' })
  const numbers = rods.flatMap((rod) => [
    rod.density,
    rod.lowHu,
    rod.highHu,
    rod.lowStandardErrorHu,
    rod.highStandardErrorHu,
    rod.densitySd ?? 0,
  ])
  if (!numbers.every(Number.isFinite)) {
    throw new QctError('DUAL_ENERGY_RODS_INVALID', { problem: 'a CT number or density is no number' })
  }
  const densities = rods.map((rod) => rod.density)
  const line = (values: readonly number[], errors: readonly number[]) => {
    const fit = fitLine(densities, values, (slope, at) =>
      Math.hypot(errors[at]!, slope * (rods[at]!.densitySd ?? 0)),
    )
    if (fit === null) {
      throw new QctError('DUAL_ENERGY_RODS_INVALID', { problem: 'all rods have the same density' })
    }
    const response: SeriesResponse = {
      calcium: fit.slope,
      soft: 1,
      offset: fit.intercept as Hu,
      covariance: fit.covariance,
    }
    return { response, residualSd: fit.residualSd }
  }
  const low = line(
    rods.map((rod) => rod.lowHu),
    rods.map((rod) => rod.lowStandardErrorHu),
  )
  const high = line(
    rods.map((rod) => rod.highHu),
    rods.map((rod) => rod.highStandardErrorHu),
  )
  const basis: DualEnergyBasis = {
    origin: 'phantom',
    low: low.response,
    high: high.response,
    sharedCovariance: sharedCovariance(rods, low.response.calcium * high.response.calcium),
    citation,
  }
  checkBasis(basis)
  return {
    basis,
    residualSdHu: { low: low.residualSd, high: high.residualSd },
    warnings: low.residualSd === null ? [qctWarning('DUAL_ENERGY_NO_RESIDUAL_CHECK', {})] : [],
  }
}
