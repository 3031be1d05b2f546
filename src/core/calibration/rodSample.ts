import type { RodFault } from '../errors/calibration.ts'
import { QctError } from '../errors.ts'
import { translate } from '../geometry/vector.ts'
import { type Hu, hu } from '../units.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import { standardErrorOfMean } from '../volume/noise.ts'
import type { EllipticalCylinder } from '../volume/roi.ts'
import { planeAxes } from '../volume/roiRule.ts'
import { type RoiStatistics, roiStatistics } from '../volume/roiStatistics.ts'
import type { FoundRod } from './foundPhantom.ts'
import { ROD_SAMPLING } from './rodSampling.ts'

/** A part of the slice axis: from and to, LPS z. */
export type ZRange = readonly [number, number]

/** One rod as measured in some slices. */
export interface RodSample {
  readonly found: FoundRod
  readonly roi: EllipticalCylinder
  readonly statistics: RoiStatistics
  readonly sd: Hu
  readonly standardError: Hu
}

const sampleRadius = (radius: number) => {
  const { edgeClearance, radiusShare } = ROD_SAMPLING
  return Math.max(radiusShare.least * radius, Math.min(radiusShare.most * radius, radius - edgeClearance))
}

/**
 * The part of a rod in the wanted slices, and how far it had to be moved to lie on the rod.
 * @returns null where the rod ends too far from them.
 */
export function placeSample(
  found: FoundRod,
  [wantedFrom, wantedTo]: ZRange,
): { readonly roi: EllipticalCylinder; readonly moved: number } | null {
  const [low, high] = found.zRange
  let [from, to] = [Math.max(low, wantedFrom), Math.min(high, wantedTo)]
  let moved = 0
  if (to - from < ROD_SAMPLING.shortest) {
    // Past the rod's end: its last stretch of the wanted length stands in, if the level is near.
    const length = wantedTo - wantedFrom
    const middle = (wantedFrom + wantedTo) / 2
    moved = middle > high ? middle - high : low - middle
    ;[from, to] = middle > high ? [Math.max(low, high - length), high] : [low, Math.min(high, low + length)]
    if (moved > ROD_SAMPLING.farthest || to - from < ROD_SAMPLING.shortest) return null
  }
  const radius = sampleRadius(found.radius)
  const { direction, point } = found
  const roi: EllipticalCylinder = {
    kind: 'ellipticalCylinder',
    center: translate(point, direction, ((from + to) / 2 - point[2]) / direction[2]),
    normal: direction,
    lateral: planeAxes(direction)[0],
    radii: [radius, radius],
    height: (to - from) / direction[2],
  }
  return { roi, moved }
}

/**
 * The standard error of a long cylinder's mean from a part of it: noise reaches a few mm along the patient, so
 * equal parts know their means independently.
 */
function standardErrorOf(volume: CtVolume, roi: EllipticalCylinder, n: number): Hu {
  const { longest, voxels, shortest } = ROD_SAMPLING.noise
  const height = Math.min(roi.height, longest, Math.max(shortest, (voxels / n) * roi.height))
  const { standardError } = standardErrorOfMean(volume, { ...roi, height })
  return hu(standardError * Math.sqrt(height / roi.height))
}

/** Measures a rod's sample, or says why it cannot be used. */
export function measureSample(
  volume: CtVolume,
  found: FoundRod,
  roi: EllipticalCylinder,
): RodSample | RodFault {
  let statistics: RoiStatistics
  try {
    statistics = roiStatistics(volume, roi)
  } catch (error) {
    if (error instanceof QctError) return 'outside the scanned volume'
    throw error
  }
  const { n, padded, outsideFraction, sd } = statistics
  if (outsideFraction > ROD_SAMPLING.maxOutside || padded > ROD_SAMPLING.maxOutside * n) {
    return 'outside the scanned volume'
  }
  if (n < ROD_SAMPLING.minVoxels || sd === null) return 'too few voxels'
  return { found, roi, statistics, sd, standardError: standardErrorOf(volume, roi, n) }
}
