import { type Hu, hu } from '../../../core/units.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { Roi } from '../../../core/volume/roi.ts'
import { forEachRoiVoxel } from '../../../core/volume/roiVoxels.ts'

const kept = new WeakMap<object, number>()

/** The highest stored value of a volume; looked for once. */
function highestStored({ voxels }: CtVolume): number {
  const known = kept.get(voxels)
  if (known !== undefined) return known
  let highest = Number.NEGATIVE_INFINITY
  for (let at = 0; at < voxels.length; at += 1) if (voxels[at]! > highest) highest = voxels[at]!
  kept.set(voxels, highest)
  return highest
}

/**
 * The highest CT number of a volume. A scan whose scale is too short for its metal and cortical bone ends at it, and
 * trabecular bone that reaches it was cut off there.
 */
export const highestValue = (volume: CtVolume): Hu =>
  hu(volume.rescale.slope * highestStored(volume) + volume.rescale.intercept)

/** How many voxels of a region have the highest value of their volume. */
export function voxelsAtTop(volume: CtVolume, roi: Roi): number {
  const highest = highestStored(volume)
  let count = 0
  forEachRoiVoxel(volume.geometry, roi, (offset) => {
    if (volume.voxels[offset] === highest) count += 1
  })
  return count
}
