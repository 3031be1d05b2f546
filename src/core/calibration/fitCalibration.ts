import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import { type Hu, type MgPerCm3, mgPerCm3 } from '../units.ts'
import { CALIBRATION_GATES } from './calibrationGates.ts'
import type { DensityCalibration, MeasuredRod } from './densityCalibration.ts'
import { fitLine, type LineFit } from './lineFit.ts'
import type { PhantomModel } from './phantomModel.ts'
import { linearScale, rodErrors, waterTermScale } from './rodErrors.ts'

/**
 * What leads from the reference slope and offset of a water-term fit to those of the CT.
 * @see Bonelab/Ogo, commit a7e74fc, after the Mindways QCT PRO User Guide v5.0 (2011)
 */
export const WATER_TERM = { slope: 0.2174, offset: 999.6 } as const

/** A calibration and the doubts that ride on it. */
export interface FittedCalibration {
  readonly calibration: DensityCalibration
  readonly warnings: readonly QctWarning[]
}

/** The line ρ = slope·H + intercept that a fit amounts to, before any gate. */
export type DensityLine = Pick<DensityCalibration, 'slope' | 'intercept' | 'residualSd' | 'covariance'>

const degenerate = () => new QctError('CALIBRATION_DEGENERATE', {})

/** Density regressed on CT number, so that turning a CT number into a density needs no inversion. */
function linearLine(rods: readonly MeasuredRod[]): DensityLine {
  const fit = fitLine(
    rods.map((rod) => rod.meanHu),
    rods.map((rod) => rod.density),
    (slope, at) => rodErrors(rods[at]!, linearScale(slope)).independent,
    (slope, at) => rodErrors(rods[at]!, linearScale(slope)).drift ?? 0,
  )
  // Rods of one density give a flat line: that is a fault of the densities, not of the scanner.
  if (fit === null || fit.slope === 0) throw degenerate()
  return {
    slope: fit.slope,
    intercept: mgPerCm3(fit.intercept),
    residualSd: fit.residualSd === null ? null : mgPerCm3(fit.residualSd),
    covariance: fit.covariance,
  }
}

/** H − ρ_water = σ_ref·ρ + β_ref; σ_CT = σ_ref − 0.2174, β_CT = β_ref + 999.6; ρ = (H − β_CT)/σ_CT. */
function waterTermLine(phantom: PhantomModel, rods: readonly MeasuredRod[]): DensityLine {
  const aboveWater = rods.map((rod) => {
    if (rod.waterDensity === undefined) {
      throw new QctError('CALIBRATION_NEEDS_WATER_TERM', { phantom: phantom.name })
    }
    return rod.meanHu - rod.waterDensity
  })
  const reference: LineFit | null = fitLine(
    rods.map((rod) => rod.density),
    aboveWater,
    (slope, at) => rodErrors(rods[at]!, waterTermScale(slope)).independent,
    (slope, at) => rodErrors(rods[at]!, waterTermScale(slope)).drift ?? 0,
  )
  if (reference === null) throw degenerate()
  const sigma = reference.slope - WATER_TERM.slope
  const beta = reference.intercept + WATER_TERM.offset
  if (sigma === 0) throw degenerate()
  const slope = 1 / sigma
  // d(slope)/dσ, d(intercept)/dσ, d(intercept)/dβ
  const [a, b, c] = [-(slope ** 2), beta * slope ** 2, -slope]
  const [vs, cov, vb] = reference.covariance
  return {
    slope,
    intercept: mgPerCm3(-beta * slope),
    residualSd: reference.residualSd === null ? null : mgPerCm3(reference.residualSd * Math.abs(slope)),
    covariance: [a * a * vs, a * b * vs + a * c * cov, b * b * vs + 2 * b * c * cov + c * c * vb],
  }
}

/**
 * The line of a phantom's own equation through measured rods, without any judgement of it.
 * @throws {QctError} `CALIBRATION_TOO_FEW_RODS`, `CALIBRATION_DEGENERATE`, `CALIBRATION_NEEDS_WATER_TERM`
 */
export function densityLine(phantom: PhantomModel, rods: readonly MeasuredRod[]): DensityLine {
  if (rods.length < 2) {
    throw new QctError('CALIBRATION_TOO_FEW_RODS', { found: rods.length, required: 2 })
  }
  return phantom.equation === 'water-term' ? waterTermLine(phantom, rods) : linearLine(rods)
}

function checkRods(phantom: PhantomModel, rods: readonly MeasuredRod[]): void {
  const known = new Set(phantom.rods.map((rod) => rod.label))
  const seen = new Set<string>()
  for (const rod of rods) {
    const fail = (problem: string) => new QctError('CALIBRATION_ROD_INVALID', { label: rod.label, problem })
    if (!known.has(rod.label)) throw fail(`${phantom.name} has no rod of this label`)
    if (seen.has(rod.label)) throw fail('it was given twice')
    seen.add(rod.label)
    if (![rod.meanHu, rod.density, rod.standardErrorHu, rod.waterDensity ?? 0].every(Number.isFinite)) {
      throw fail('its CT number or density is no number')
    }
    if (rod.standardErrorHu < 0) throw fail('its standard error is negative')
  }
}

/** So many standard errors of the rods' own means may add to a residual before it warns. */
const NOISE_EXPLAINS = 2

/** What the rods' own noise alone puts into the residual, mg/cm³. It is part of the stated uncertainty already. */
const rodNoise = (line: DensityLine, rods: readonly MeasuredRod[]): number =>
  Math.abs(line.slope) * Math.sqrt(rods.reduce((sum, rod) => sum + rod.standardErrorHu ** 2, 0) / rods.length)

/**
 * Fits the line that turns CT numbers into densities of the phantom's mineral, by the phantom's own equation.
 *
 * Phantoms whose rods are not water plus mineral (Mindways) need the rods' water densities: the naive line through
 * density and CT number is refused, because it would be wrong by tens of mg/cm³. Phantoms with hydroxyapatite rods
 * take the least-squares line of density on CT number.
 *
 * @param rods - At least two rods with the phantom's labels, in any order.
 * @param equation - Only to ask for an equation by name; anything but the phantom's own is refused.
 * @throws {QctError} `CALIBRATION_TOO_FEW_RODS`; `CALIBRATION_ROD_INVALID`; `CALIBRATION_DEGENERATE`;
 *   `CALIBRATION_NEEDS_WATER_TERM` for a water-term phantom without water densities or with `linear` asked for;
 *   `CALIBRATION_SLOPE_IMPLAUSIBLE`; `CALIBRATION_RESIDUAL_TOO_LARGE`
 * @see docs/methods/in-scan-calibration.md
 */
export function fitCalibration(
  phantom: PhantomModel,
  rods: readonly MeasuredRod[],
  equation: 'water-term' | 'linear' = phantom.equation,
): FittedCalibration {
  if (phantom.equation === 'water-term' && equation === 'linear') {
    throw new QctError('CALIBRATION_NEEDS_WATER_TERM', { phantom: phantom.name })
  }
  if (phantom.equation === 'linear' && equation === 'water-term') {
    throw new QctError('CALIBRATION_ROD_INVALID', {
      label: phantom.rods[0]!.label,
      problem: `${phantom.name} states no water densities`,
    })
  }
  checkRods(phantom, rods)
  const line = densityLine(phantom, rods)
  const { residualWarn, residualRefuse, slopeLow, slopeHigh } = CALIBRATION_GATES
  if (!(line.slope >= slopeLow && line.slope <= slopeHigh)) {
    throw new QctError('CALIBRATION_SLOPE_IMPLAUSIBLE', { slope: line.slope, low: slopeLow, high: slopeHigh })
  }
  const warnings: QctWarning[] = []
  if (line.residualSd === null) {
    warnings.push(qctWarning('CALIBRATION_NO_RESIDUAL_CHECK', { phantom: phantom.name }))
  } else if (line.residualSd > residualRefuse) {
    throw new QctError('CALIBRATION_RESIDUAL_TOO_LARGE', { residual: line.residualSd, limit: residualRefuse })
  } else if (line.residualSd > Math.hypot(residualWarn, NOISE_EXPLAINS * rodNoise(line, rods))) {
    warnings.push(
      qctWarning('CALIBRATION_RESIDUAL_LARGE', { residual: line.residualSd, limit: residualWarn }),
    )
  }
  const used = new Set(rods.map((rod) => rod.label))
  const labels = phantom.rods.map((rod) => rod.label).filter((label) => !used.has(label))
  if (labels.length > 0) warnings.push(qctWarning('CALIBRATION_RODS_MISSING', { labels }))
  const inOrder = phantom.rods.flatMap(({ label }) => rods.filter((rod) => rod.label === label))
  return {
    calibration: {
      method: 'in-scan',
      phantom: phantom.id,
      mineral: phantom.mineral,
      equation: phantom.equation,
      ...line,
      rods: inOrder,
    },
    warnings,
  }
}

/**
 * Standard error of the density of a CT number, in mg/cm³: the doubt of the line and that of the CT number itself.
 * @param standardErrorHu - Standard error of the CT number; 0 for the line's own share.
 */
export function densityStandardError(
  calibration: Pick<DensityCalibration, 'slope' | 'covariance'>,
  ctNumber: Hu,
  standardErrorHu: Hu,
): MgPerCm3 {
  const [varSlope, cov, varIntercept] = calibration.covariance
  const line = varSlope * ctNumber ** 2 + 2 * cov * ctNumber + varIntercept
  // Rounding can leave a tiny negative where the line is surest.
  return mgPerCm3(Math.sqrt(Math.max(0, line) + (calibration.slope * standardErrorHu) ** 2))
}
