import { type Hu, type MgPerCm3, mgPerCm3 } from '../units.ts'
import type { DualEnergyResult } from './dualEnergy/decomposeDualEnergy.ts'
import { budgetOf, type UncertaintyBudget } from './uncertaintyBudget.ts'

/** A line ρ = slope·H + intercept with the covariance of the two. */
export interface DoubtedLine {
  /** mg/cm³ per HU. */
  readonly slope: number
  readonly intercept: MgPerCm3
  /** [var(slope), cov, var(intercept)]. */
  readonly covariance: readonly [number, number, number]
}

/** How far a scanner moves between its phantom scan and a patient's, as standard uncertainties: from its quality log. */
export interface ScannerDrift {
  /** Of the response to mineral, in per cent. */
  readonly responsePercent: number
  /** Of every CT number. */
  readonly offsetHu: Hu
}

/** Standard uncertainty of a line at a CT number. */
const ofLine = ({ covariance: [slope, both, intercept] }: DoubtedLine, ctNumber: Hu): number =>
  Math.sqrt(Math.max(0, ctNumber ** 2 * slope + 2 * ctNumber * both + intercept))

const densityBy = ({ slope, intercept }: DoubtedLine, ctNumber: Hu) => mgPerCm3(slope * ctNumber + intercept)

/**
 * The doubt of a density by a line kept from a phantom scan. `fit` is the whole of that line's own doubt: its rods are not
 * kept. The drift since then is what no phantom in the patient's scan takes away.
 *
 * @param drift - Null where the scanner's quality log does not state it: then it is not known.
 */
export function asynchronousBudget(
  line: DoubtedLine,
  ctNumber: Hu,
  roiStandardErrorHu: Hu,
  drift: ScannerDrift | null,
): UncertaintyBudget {
  const density = densityBy(line, ctNumber)
  return budgetOf(density, [
    ['fit', ofLine(line, ctNumber)],
    [
      'drift',
      drift === null
        ? null
        : Math.hypot((drift.responsePercent / 100) * density, line.slope * drift.offsetHu),
    ],
    ['roiNoise', Math.abs(line.slope) * roiStandardErrorHu],
  ])
}

/** The doubt of a density by the patient's tissues: `tissues` holds their noise, their spread and the fit together. */
export function tissueBudget(line: DoubtedLine, ctNumber: Hu, roiStandardErrorHu: Hu): UncertaintyBudget {
  return budgetOf(densityBy(line, ctNumber), [
    ['tissues', ofLine(line, ctNumber)],
    ['roiNoise', Math.abs(line.slope) * roiStandardErrorHu],
  ])
}

/** The doubt of a calcium density by two energies. */
export function dualEnergyBudget({
  calcium,
  covariance,
  noiseCovariance,
}: DualEnergyResult): UncertaintyBudget {
  return budgetOf(calcium, [
    // Rounding can leave a tiny negative where the basis is sure.
    ['basis', Math.sqrt(Math.max(0, covariance[0] - noiseCovariance[0]))],
    ['roiNoise', Math.sqrt(noiseCovariance[0])],
  ])
}
