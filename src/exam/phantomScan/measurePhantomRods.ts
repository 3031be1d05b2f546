import type { MeasuredRod } from '../../core/calibration/densityCalibration.ts'
import { findRods, type RodSearch } from '../../core/calibration/findRods.ts'
import type { PhantomModel } from '../../core/calibration/phantomModel.ts'
import { sampleRods } from '../../core/calibration/sampleRods.ts'
import type { QctWarning } from '../../core/errors.ts'
import { lpsPoint } from '../../core/geometry/lps.ts'
import { mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'

/** The rods of a phantom, measured over all slices they share. */
export interface PhantomRods {
  readonly phantom: PhantomModel
  readonly rods: readonly MeasuredRod[]
  /** LPS z of the lowest and the highest slice that every rod crosses, mm. */
  readonly zRange: readonly [number, number]
  readonly warnings: readonly QctWarning[]
}

/**
 * Finds the phantom in a volume and measures its rods over all slices that every rod crosses.
 *
 * @throws {QctError} What `findRods` and `sampleRods` refuse.
 */
export function measurePhantomRods(volume: CtVolume, search: RodSearch): PhantomRods {
  const found = findRods(volume, search)
  const low = Math.max(...found.rods.map(({ zRange }) => zRange[0]))
  const high = Math.min(...found.rods.map(({ zRange }) => zRange[1]))
  const { rods, warnings } = sampleRods(volume, found, {
    center: lpsPoint(0, 0, (low + high) / 2),
    halfHeight: mm(Math.max(0, high - low) / 2),
  })
  return {
    phantom: found.phantom,
    rods,
    // rods that share no slice are sampled round the middle between them
    zRange: [Math.min(low, high), Math.max(low, high)],
    warnings: [...found.warnings, ...warnings],
  }
}
