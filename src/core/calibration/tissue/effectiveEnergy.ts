import { QctError } from '../../errors.ts'
import type { Hu } from '../../units.ts'
import type { TissueDensities } from './tissueDensities.ts'
import { TISSUE_GATES } from './tissueGates.ts'
import { tissueHu } from './tissueHu.ts'
import type { Tissue, TissueSample, TissueSpread } from './tissues.ts'

/** How far one tissue lies from what the fitted energy says. */
export interface TissueResidual {
  readonly tissue: Tissue
  readonly measuredHu: Hu
  readonly expectedHu: Hu
  /** Measured minus expected, HU. */
  readonly residualHu: number
  /** What it may be off by: noise of its mean and spread between patients in quadrature, HU. */
  readonly sdHu: number
}

/** The photon energy at which the tissues would show the CT numbers they do, with its doubt. */
export interface EffectiveEnergy {
  readonly energyKeV: number
  readonly standardErrorKeV: number
  readonly residuals: readonly TissueResidual[]
  /** Weighted sum of squares over its degrees of freedom (tissues that depend on energy, less one); null for none. */
  readonly reducedChiSquare: number | null
}

/** An error below this is no error but an idealised input; it keeps weights finite. HU. */
const LEAST_SD = 0.01
const STEP = 0.5
/** Half a width over which a derivative is taken, keV. */
const H = 0.25
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Golden-section search of a minimum between two energies, to a ten-thousandth of a keV. */
function narrow(cost: (energy: number) => number, from: number, to: number): number {
  let [a, b] = [from, to]
  while (b - a > 1e-4) {
    const [left, right] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)]
    if (cost(left) < cost(right)) b = right
    else a = left
  }
  return (a + b) / 2
}

/**
 * Fits the effective energy by weighted least squares on linear attenuation: the E that minimises
 * Σ ((H_t − HU_t(E)) / s_t)² with s_t² = standard error² + spread between patients².
 *
 * The scanner's own scale (water 0, air −1000 HU) is taken as it is; air does not depend on E, and its residual
 * shows a scale that is off. var(E) = 1 / Σ (dHU_t/dE / s_t)², times the reduced chi-square where that exceeds one,
 * so that tissues which contradict each other are not hidden behind small errors.
 *
 * @throws {QctError} `TISSUES_TOO_FEW`; `TISSUES_COLLINEAR` when they span too little, as fat, muscle and blood do;
 *   `TISSUE_ENERGY_OUT_OF_RANGE` when no energy of a CT scanner fits best
 */
export function effectiveEnergy(
  samples: readonly TissueSample[],
  densities: TissueDensities,
  spread: TissueSpread,
): EffectiveEnergy {
  const { leastTissues, leastSpanHu, energyKeV: range } = TISSUE_GATES
  if (samples.length < leastTissues) {
    throw new QctError('TISSUES_TOO_FEW', { found: samples.length, required: leastTissues })
  }
  const values = samples.map((sample) => sample.meanHu)
  const span = Math.max(...values) - Math.min(...values)
  if (span < leastSpanHu) {
    throw new QctError('TISSUES_COLLINEAR', {
      tissues: samples.map((sample) => sample.tissue),
      span,
      required: leastSpanHu,
    })
  }
  const sds = samples.map(({ tissue, standardErrorHu }) =>
    Math.max(LEAST_SD, Math.hypot(standardErrorHu, tissue === 'air' ? 0 : spread.sdHu[tissue])),
  )
  const at = (energy: number) => samples.map(({ tissue }) => tissueHu(tissue, energy, densities))
  const cost = (energy: number) =>
    at(energy).reduce((sum, expected, i) => sum + ((values[i]! - expected) / sds[i]!) ** 2, 0)

  // Beyond the gate on both sides, so that a minimum outside it is seen as one.
  const [low, high] = [range[0] - 10, range[1] + 20]
  let best = low
  for (let energy = low; energy <= high; energy += STEP) if (cost(energy) < cost(best)) best = energy
  const energy = narrow(cost, best - STEP, best + STEP)
  if (!(energy >= range[0] && energy <= range[1])) {
    throw new QctError('TISSUE_ENERGY_OUT_OF_RANGE', { energy, low: range[0], high: range[1] })
  }

  const expected = at(energy)
  const [below, above] = [at(energy - H), at(energy + H)]
  const information = sds.reduce((sum, sd, i) => sum + ((above[i]! - below[i]!) / (2 * H * sd)) ** 2, 0)
  const freedom = samples.filter((sample) => sample.tissue !== 'air').length - 1
  const chiSquare = samples.reduce(
    (sum, { tissue }, i) => sum + (tissue === 'air' ? 0 : ((values[i]! - expected[i]!) / sds[i]!) ** 2),
    0,
  )
  const reduced = freedom > 0 ? chiSquare / freedom : null
  return {
    energyKeV: energy,
    standardErrorKeV: Math.sqrt(Math.max(1, reduced ?? 1) / information),
    residuals: samples.map(({ tissue }, i) => ({
      tissue,
      measuredHu: values[i]!,
      expectedHu: expected[i]!,
      residualHu: values[i]! - expected[i]!,
      sdHu: sds[i]!,
    })),
    reducedChiSquare: reduced,
  }
}
