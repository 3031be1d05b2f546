import { QctError, type QctWarning, qctWarning } from '../../errors.ts'
import { type Hu, hu, type MgPerCm3, mgPerCm3 } from '../../units.ts'
import { CALIBRATION_GATES } from '../calibrationGates.ts'
import { WATER_TERM } from '../fitCalibration.ts'
import { type EffectiveEnergy, effectiveEnergy } from './effectiveEnergy.ts'
import { massAttenuation } from './massAttenuation.ts'
import type { TissueDensities } from './tissueDensities.ts'
import { TISSUE_GATES, type TissueWindows } from './tissueGates.ts'
import type { Tissue, TissueSample, TissueSpread } from './tissues.ts'
import { usableTissues } from './usableTissues.ts'

/** Half a width over which a derivative is taken, keV. */
const H = 0.25

/** The K2HPO4 line ρ = slope·H + intercept at one effective energy. */
export interface EnergyLine {
  /** mg/cm³ per HU. */
  readonly slope: number
  readonly intercept: MgPerCm3
}

/**
 * The line of K2HPO4 in water at a photon energy.
 *
 * A solution with ρ mg/cm³ of K2HPO4 holds 999.6 − 0.2174·ρ mg/cm³ of water (the displaced water and the offset of
 * the water-term phantoms, so that both routes speak of the same scale). Its linear attenuation over that of water is
 * (ρ·(μ/ρ)_K + (999.6 − 0.2174·ρ)·(μ/ρ)_w) / (1000·(μ/ρ)_w), and with H = 1000·(that − 1):
 * H = σ(E)·ρ + β, σ(E) = (μ/ρ)_K/(μ/ρ)_w − 0.2174, β = 999.6 − 1000 HU.
 * Solved for ρ: slope = 1/σ, intercept = −β/σ. Fat in the marrow is not accounted for: it lowers the result.
 *
 * @throws {QctError} `MASS_ATTENUATION_OUT_OF_RANGE`
 * @see `WATER_TERM`, `MASS_ATTENUATION_SOURCE`
 */
export function k2hpo4Line(energyKeV: number): EnergyLine {
  const sigma = massAttenuation('k2hpo4', energyKeV) / massAttenuation('water', energyKeV) - WATER_TERM.slope
  const beta = WATER_TERM.offset - 1000
  return { slope: 1 / sigma, intercept: mgPerCm3(-beta / sigma) }
}

/** A calibration from the patient's own tissues, by the effective energy they show. */
export interface TissueCalibration {
  readonly method: 'tissue-raw'
  readonly mineral: 'K2HPO4'
  readonly slope: number
  readonly intercept: MgPerCm3
  /** [var(slope), cov, var(intercept)]: both follow the one energy, so they move together. */
  readonly covariance: readonly [number, number, number]
  readonly energy: EffectiveEnergy
  /** Lowest and highest CT number of the tissues used. */
  readonly spannedHu: readonly [Hu, Hu]
  readonly citations: readonly string[]
}

/** A tissue calibration and the doubts that ride on it. */
export interface FittedTissueCalibration {
  readonly calibration: TissueCalibration
  readonly warnings: readonly QctWarning[]
}

/**
 * Calibrates a scan by its tissues: leaves out those not to be believed, fits the effective energy of the others on
 * linear attenuation, and gives the K2HPO4 line of that energy.
 *
 * @param densities - Mass densities with their source; the program has none of its own.
 * @param spread - SD of each tissue's CT number between patients, with its source.
 * @throws {QctError} `TISSUE_SAMPLE_INVALID`, `TISSUES_NOT_MONOTONIC`, `TISSUES_TOO_FEW`, `TISSUES_COLLINEAR`,
 *   `TISSUE_ENERGY_OUT_OF_RANGE`, `TISSUE_SLOPE_IMPLAUSIBLE`
 * @see `k2hpo4Line`, `effectiveEnergy`; docs/methods/tissue-calibration.md
 */
export function tissueCalibration(
  samples: readonly TissueSample[],
  densities: TissueDensities,
  spread: TissueSpread,
  windows?: TissueWindows,
): FittedTissueCalibration {
  const usable = usableTissues(samples, windows)
  const energy = effectiveEnergy(usable.samples, densities, spread)
  const line = k2hpo4Line(energy.energyKeV)
  const { slopeLow, slopeHigh } = CALIBRATION_GATES
  if (!(line.slope >= slopeLow && line.slope <= slopeHigh)) {
    throw new QctError('TISSUE_SLOPE_IMPLAUSIBLE', { slope: line.slope, low: slopeLow, high: slopeHigh })
  }
  const [below, above] = [k2hpo4Line(energy.energyKeV - H), k2hpo4Line(energy.energyKeV + H)]
  const onSlope = (above.slope - below.slope) / (2 * H)
  const onIntercept = (above.intercept - below.intercept) / (2 * H)
  const variance = energy.standardErrorKeV ** 2
  const warnings = [...usable.warnings]
  for (const { tissue, residualHu, sdHu } of energy.residuals) {
    // Air has no spread of its own: its window has judged it.
    if (tissue === 'air') continue
    const limit = TISSUE_GATES.residualSds * sdHu
    if (Math.abs(residualHu) > limit) {
      warnings.push(qctWarning('TISSUE_RESIDUAL_LARGE', { tissue, residual: residualHu, limit }))
    }
  }
  const freedom = energy.residuals.filter(({ tissue }) => tissue !== 'air').length - 1
  const most = TISSUE_GATES.contradiction[freedom - 1]
  const chiSquare = (energy.reducedChiSquare ?? 0) * freedom
  if (most !== undefined && chiSquare > most) {
    warnings.push(qctWarning('TISSUES_CONTRADICT', { found: chiSquare, limit: most }))
  }
  const values = usable.samples.map((sample) => sample.meanHu)
  return {
    calibration: {
      method: 'tissue-raw',
      mineral: 'K2HPO4',
      ...line,
      covariance: [
        onSlope * onSlope * variance,
        onSlope * onIntercept * variance,
        onIntercept * onIntercept * variance,
      ],
      energy,
      spannedHu: [hu(Math.min(...values)), hu(Math.max(...values))],
      citations: [densities.citation, spread.citation],
    },
    warnings,
  }
}

/** What leaving one tissue out would change. */
export interface LeftOut {
  readonly tissue: Tissue
  /** Density at the asked CT number without the tissue, less that with it; null where no calibration is left. */
  readonly change: MgPerCm3 | null
  readonly energyKeV: number | null
  /** Why no calibration is left. */
  readonly refused: QctError | null
}

/**
 * The table of what leaving each used tissue out would change at one CT number, mg/cm³.
 * @throws {QctError} as `tissueCalibration`, when the whole set does not calibrate
 */
export function leaveOneTissueOut(
  samples: readonly TissueSample[],
  densities: TissueDensities,
  spread: TissueSpread,
  ctNumber: Hu,
  windows?: TissueWindows,
): readonly LeftOut[] {
  const density = (line: EnergyLine) => line.slope * ctNumber + line.intercept
  const { calibration } = tissueCalibration(samples, densities, spread, windows)
  return calibration.energy.residuals.map(({ tissue }) => {
    try {
      const rest = samples.filter((sample) => sample.tissue !== tissue)
      const without = tissueCalibration(rest, densities, spread, windows).calibration
      return {
        tissue,
        change: mgPerCm3(density(without) - density(calibration)),
        energyKeV: without.energy.energyKeV,
        refused: null,
      }
    } catch (error) {
      if (error instanceof QctError) return { tissue, change: null, energyKeV: null, refused: error }
      throw error
    }
  })
}

/**
 * The doubt of a density whose CT number lies beyond the tissues it was calibrated with.
 * @returns null when the tissues span it
 */
export function extrapolationWarning(
  calibration: { readonly spannedHu: readonly [Hu, Hu] },
  ctNumber: Hu,
): QctWarning | null {
  const [low, high] = calibration.spannedHu
  if (ctNumber >= low && ctNumber <= high) return null
  return qctWarning('TISSUE_EXTRAPOLATED', { found: ctNumber, low, high })
}
