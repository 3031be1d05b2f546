import { QctError } from '../errors.ts'
import { type Hu, hu } from '../units.ts'
import type { CtVolume } from './ctVolume.ts'
import { measuredTest } from './measuredVoxel.ts'
import type { Roi } from './roi.ts'
import { forEachRoiVoxel, shareBeyondGrid } from './roiVoxels.ts'

/** What to compute beside mean, SD, range and median. */
export interface StatisticsRequest {
  /** Percentiles from 0 to 100, interpolated linearly between order statistics. */
  readonly percentiles?: readonly number[]
  /** Width of the histogram's bins; their edges lie at whole multiples of it. */
  readonly histogramBinWidth?: Hu
}

/** How often CT numbers fall into bins of equal width. */
export interface Histogram {
  /** Lower edge of the first bin, included in it. */
  readonly low: Hu
  readonly binWidth: Hu
  readonly counts: readonly number[]
}

/** The CT numbers inside a ROI in a few figures. */
export interface RoiStatistics {
  /** Number of voxels that the figures stand on. */
  readonly n: number
  readonly mean: Hu
  /** Sample standard deviation (n − 1); null for a single voxel. */
  readonly sd: Hu | null
  readonly min: Hu
  readonly max: Hu
  readonly median: Hu
  /** In the order asked for; empty when none was asked for. */
  readonly percentiles: readonly Hu[]
  readonly histogram?: Histogram
  /** Voxels of the ROI that hold padding and were left out. */
  readonly padded: number
  /** Share of the ROI beyond the scanned grid, 0 to 1. */
  readonly outsideFraction: number
}

/** The measured stored values of a ROI, sorted, and how many voxels of it held padding. */
function sortedStoredValues(volume: CtVolume, roi: Roi): { stored: Float32Array; padded: number } {
  const isMeasured = measuredTest(volume)
  const { voxels } = volume
  // Float32 holds every Int16, Uint16 and Float32 value exactly.
  let buffer = new Float32Array(1024)
  let n = 0
  let padded = 0
  forEachRoiVoxel(volume.geometry, roi, (offset) => {
    const value = voxels[offset]!
    if (!isMeasured(value)) {
      padded++
      return
    }
    if (n === buffer.length) {
      const larger = new Float32Array(2 * n)
      larger.set(buffer)
      buffer = larger
    }
    buffer[n++] = value
  })
  return { stored: buffer.subarray(0, n).sort(), padded }
}

/** Percentile of sorted values by linear interpolation (type 7 of Hyndman and Fan). */
function percentileOf(sorted: Float32Array, percent: number): number {
  const position = (Math.min(100, Math.max(0, percent)) / 100) * (sorted.length - 1)
  const below = Math.floor(position)
  const value = sorted[below]!
  const next = sorted[Math.min(below + 1, sorted.length - 1)]!
  return value + (position - below) * (next - value)
}

/**
 * Mean, SD, range, percentiles and histogram of the CT numbers in a ROI.
 *
 * Values are sorted before they are summed, so the figures are the same to the last bit for any order of voxels:
 * flipped, reordered, rotated or cropped series. Padding takes no part and is counted.
 *
 * @throws {QctError} `ROI_INVALID`; `ROI_OUTSIDE_VOLUME` when the whole ROI lies beyond the grid; `ROI_EMPTY` when it
 *   holds no measured voxel.
 * @see Hyndman RJ, Fan Y. Am Stat 1996;50:361–365. doi:10.1080/00031305.1996.10473566
 */
export function roiStatistics(volume: CtVolume, roi: Roi, request: StatisticsRequest = {}): RoiStatistics {
  const { stored, padded } = sortedStoredValues(volume, roi)
  const outsideFraction = shareBeyondGrid(volume.geometry, roi)
  const n = stored.length
  if (n === 0) {
    if (padded === 0 && outsideFraction === 1) throw new QctError('ROI_OUTSIDE_VOLUME', {})
    throw new QctError('ROI_EMPTY', { padded })
  }

  // Sums of whole numbers are exact in float64; those of fractions round alike, because the order is fixed.
  let sum = 0
  for (let at = 0; at < n; at++) sum += stored[at]!
  const storedMean = sum / n
  let squares = 0
  let rest = 0 // Σ(x − mean) would be 0 without rounding; its square corrects the second pass
  for (let at = 0; at < n; at++) {
    const off = stored[at]! - storedMean
    squares += off * off
    rest += off
  }
  const variance = n > 1 ? Math.max(0, (squares - (rest * rest) / n) / (n - 1)) : Number.NaN

  const { slope, intercept } = volume.rescale
  const ctNumber = (value: number) => hu(value * slope + intercept)
  const rising = slope >= 0
  const ends = [ctNumber(stored[0]!), ctNumber(stored[n - 1]!)] as const
  const percentile = (percent: number) => ctNumber(percentileOf(stored, rising ? percent : 100 - percent))
  const binWidth = request.histogramBinWidth
  return {
    n,
    mean: ctNumber(storedMean),
    sd: n > 1 ? hu(Math.abs(slope) * Math.sqrt(variance)) : null,
    min: rising ? ends[0] : ends[1],
    max: rising ? ends[1] : ends[0],
    median: percentile(50),
    percentiles: (request.percentiles ?? []).map(percentile),
    ...(binWidth === undefined ? {} : { histogram: histogramOf(stored, ctNumber, binWidth) }),
    padded,
    outsideFraction,
  }
}

/** A histogram has at most this many bins; the width is doubled until it has. */
const MOST_BINS = 65_536

function histogramOf(stored: Float32Array, ctNumber: (value: number) => Hu, wanted: Hu): Histogram {
  const ends = [ctNumber(stored[0]!), ctNumber(stored[stored.length - 1]!)]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  let binWidth = wanted > 0 && Number.isFinite(wanted) ? (wanted as number) : 1
  while ((most - least) / binWidth > MOST_BINS - 1) binWidth *= 2
  const first = Math.floor(least / binWidth)
  const counts = new Array<number>(Math.floor(most / binWidth) - first + 1).fill(0)
  for (const value of stored) counts[Math.floor(ctNumber(value) / binWidth) - first]!++
  return { low: hu(first * binWidth), binWidth: hu(binWidth), counts }
}
