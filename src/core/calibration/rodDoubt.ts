import type { LpsPoint } from '../geometry/lps.ts'
import { cross, translate } from '../geometry/vector.ts'
import { type Hu, hu } from '../units.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import type { EllipticalCylinder } from '../volume/roi.ts'
import { roiStatistics } from '../volume/roiStatistics.ts'
import type { RodSample } from './rodSample.ts'
import { ROD_SAMPLING } from './rodSampling.ts'

/**
 * What the place of the sample on its rod leaves open, HU: the sample is moved by `ROD_SAMPLING.placementSd` along
 * both axes of the slice and back, and u² is half the sum of the four squared changes, which for a gradient g is
 * (SD·|g|)². Voxels that come in and go out bring some noise with them, up to about half a standard error.
 */
export function placementSd(volume: CtVolume, { roi, statistics }: RodSample): Hu {
  const { placementSd: step } = ROD_SAMPLING
  const across = cross(roi.normal, roi.lateral)
  let sum = 0
  for (const direction of [roi.lateral, across]) {
    for (const sign of [1, -1]) {
      const moved = roiStatistics(volume, { ...roi, center: translate(roi.center, direction, sign * step) })
      sum += (moved.mean - statistics.mean) ** 2
    }
  }
  return hu(Math.sqrt(sum / 2))
}

/** The part of a measured difference that its noise does not explain (positive-part James–Stein). */
const beyondNoise = (difference: number, sd: number): number =>
  Math.abs(difference) <= sd ? 0 : difference * (1 - (sd / difference) ** 2)

/**
 * By how much a change along the rod makes the sample's mean differ from the rod's CT number beside the vertebra, HU.
 *
 * Upper against lower half gives the gradient, which counts by how far the sample's middle lies from the vertebra's: in a
 * sample evenly round it, a straight change cancels. The whole against its middle half gives the curve: for a parabola
 * the mean of the whole exceeds its middle by 4/3 of that. Both count only beyond noise.
 *
 * @returns null where slices are too thick for the sample to be halved
 */
export function driftOf(volume: CtVolume, sample: RodSample, vertebra: LpsPoint): Hu | null {
  const { roi, statistics, standardError } = sample
  if (roi.height / 2 < Math.max(...volume.geometry.spacing)) return null
  const part = (shift: number, share: number): EllipticalCylinder => ({
    ...roi,
    center: translate(roi.center, roi.normal, shift * roi.height),
    height: share * roi.height,
  })
  const mean = (shift: number, share: number) => roiStatistics(volume, part(shift, share)).mean
  // Halves know their means √2 times worse each, and their middles lie half a length apart.
  const between = beyondNoise(mean(0.25, 0.5) - mean(-0.25, 0.5), 2 * standardError)
  const curve = beyondNoise(statistics.mean - mean(0, 0.5), standardError)
  // In slices: a tilted rod beside the vertebra is not farther along the patient for it.
  const away = (roi.center[2] - vertebra[2]) / roi.normal[2]
  return hu((between / (roi.height / 2)) * away + (4 / 3) * curve)
}
