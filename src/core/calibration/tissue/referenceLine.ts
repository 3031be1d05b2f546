import { QctError, type QctWarning } from '../../errors.ts'
import { type Hu, hu, type MgPerCm3, type Mineral, mgPerCm3 } from '../../units.ts'
import { CALIBRATION_GATES } from '../calibrationGates.ts'
import type { LearnedFrom } from './learnedFrom.ts'
import { TISSUE_GATES, type TissueWindows } from './tissueGates.ts'
import type { Tissue, TissueSample } from './tissues.ts'
import { usableTissues } from './usableTissues.ts'

/** The density that one tissue counts as on a mineral's scale. It is negative for fat. */
export interface ReferenceDensity {
  readonly density: MgPerCm3
  /** SD from patient to patient. */
  readonly sd: MgPerCm3
}

/** Densities of tissues, given by a user with a source or learned from phantom scans of one scanner. */
export interface TissueReference {
  readonly origin: 'user' | 'pre-calibration'
  readonly mineral: Mineral
  /** The tube voltage they hold for: they are no property of the tissue alone. */
  readonly kvp: number
  readonly tissues: Readonly<Partial<Record<Tissue, ReferenceDensity>>>
  /** Scans they were learned from; null for a user's. */
  readonly scans: number | null
  /** The scanner they were learned on, where that is known. */
  readonly learned?: LearnedFrom | undefined
  readonly citation: string
}

/** The line through a patient's tissues and their reference densities. */
export interface ReferenceLine {
  readonly method: 'tissue-raw' | 'tissue-precalibrated'
  readonly mineral: Mineral
  /** mg/cm³ per HU. */
  readonly slope: number
  readonly intercept: MgPerCm3
  /** Weighted residual SD relative to what was stated (1 = as stated); null for two tissues. */
  readonly scatter: number | null
  /** [var(slope), cov, var(intercept)]. */
  readonly covariance: readonly [number, number, number]
  /** Expected CT number of each tissue on the line, and what was measured. */
  readonly residuals: readonly {
    readonly tissue: Tissue
    readonly measuredHu: Hu
    readonly residualHu: number
  }[]
  readonly spannedHu: readonly [Hu, Hu]
  readonly citation: string
}

/** A line through reference densities and the doubts that ride on it. */
export interface FittedReferenceLine {
  readonly calibration: ReferenceLine
  readonly warnings: readonly QctWarning[]
}

/** SD below which weights would no longer be finite, mg/cm³. */
const LEAST_SD = 0.01

interface Point {
  readonly x: number
  readonly y: number
  readonly variance: number
}

function weighted(points: readonly Point[]) {
  let [w, wx, wy] = [0, 0, 0]
  for (const { x, y, variance } of points) {
    w += 1 / variance
    wx += x / variance
    wy += y / variance
  }
  const [meanX, meanY] = [wx / w, wy / w]
  let [sxx, sxy] = [0, 0]
  for (const { x, y, variance } of points) {
    sxx += (x - meanX) ** 2 / variance
    sxy += ((x - meanX) * (y - meanY)) / variance
  }
  const slope = sxy / sxx
  return { slope, intercept: meanY - slope * meanX, meanX, w, sxx }
}

/**
 * Calibrates a scan by the line through its tissues and their reference densities, weighted by how well each is
 * known: s² = sd²·(1 + 1/n) of the reference (n scans it was learned from) + (slope·standard error)² of this scan.
 *
 * With fat and muscle it is the two-point method. No reference density is built in: they differ by several mg/cm³
 * between sources, and 5 HU of muscle are 7 mg/cm³ of bone.
 *
 * @param kvp - The scan's tube voltage, which must be the reference's.
 * @throws {QctError} `TISSUE_SAMPLE_INVALID`, `TISSUES_NOT_MONOTONIC`; `TISSUE_REFERENCE_MISSING`;
 *   `TISSUE_REFERENCE_OTHER_KVP`; `TISSUES_TOO_FEW`; `TISSUES_COLLINEAR`; `TISSUE_SLOPE_IMPLAUSIBLE`
 */
export function referenceLine(
  samples: readonly TissueSample[],
  reference: TissueReference,
  kvp: number,
  windows?: TissueWindows,
): FittedReferenceLine {
  if (kvp !== reference.kvp) {
    throw new QctError('TISSUE_REFERENCE_OTHER_KVP', { found: kvp, needed: reference.kvp })
  }
  const missing = samples.map(({ tissue }) => tissue).filter((name) => reference.tissues[name] === undefined)
  if (missing.length > 0) throw new QctError('TISSUE_REFERENCE_MISSING', { tissues: missing })
  const usable = usableTissues(samples, windows)
  if (usable.samples.length < 2) {
    throw new QctError('TISSUES_TOO_FEW', { found: usable.samples.length, required: 2 })
  }
  const values = usable.samples.map((sample) => sample.meanHu)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (high - low < TISSUE_GATES.leastLineSpanHu) {
    throw new QctError('TISSUES_COLLINEAR', {
      tissues: usable.samples.map((sample) => sample.tissue),
      span: high - low,
      required: TISSUE_GATES.leastLineSpanHu,
    })
  }
  const pointsAt = (slope: number) =>
    usable.samples.map(({ tissue, meanHu, standardErrorHu }) => {
      const { density, sd } = reference.tissues[tissue]!
      const known = reference.scans === null ? sd ** 2 : sd ** 2 * (1 + 1 / reference.scans)
      return {
        x: meanHu,
        y: density,
        variance: Math.max(LEAST_SD ** 2, known + (slope * standardErrorHu) ** 2),
      }
    })
  // The slope only weighs the scan's own noise: a second pass with the first pass's slope changes nothing visible.
  const points = pointsAt(weighted(pointsAt(1)).slope)
  const { slope, intercept, meanX, w, sxx } = weighted(points)
  const { slopeLow, slopeHigh } = CALIBRATION_GATES
  if (!(slope >= slopeLow && slope <= slopeHigh)) {
    throw new QctError('TISSUE_SLOPE_IMPLAUSIBLE', { slope, low: slopeLow, high: slopeHigh })
  }
  const chiSquare = points.reduce(
    (sum, { x, y, variance }) => sum + (y - intercept - slope * x) ** 2 / variance,
    0,
  )
  const reduced = points.length > 2 ? chiSquare / (points.length - 2) : null
  const inflate = Math.max(1, reduced ?? 1)
  const varSlope = inflate / sxx
  return {
    calibration: {
      method: reference.origin === 'user' ? 'tissue-raw' : 'tissue-precalibrated',
      mineral: reference.mineral,
      slope,
      intercept: mgPerCm3(intercept),
      scatter: reduced === null ? null : Math.sqrt(reduced),
      covariance: [varSlope, -meanX * varSlope, inflate / w + meanX ** 2 * varSlope],
      residuals: usable.samples.map(({ tissue, meanHu }, at) => ({
        tissue,
        measuredHu: meanHu,
        residualHu: meanHu - (points[at]!.y - intercept) / slope,
      })),
      spannedHu: [hu(low), hu(high)],
      citation: reference.citation,
    },
    warnings: usable.warnings,
  }
}
