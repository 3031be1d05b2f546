import type { MeasuredRod } from '../../../src/core/calibration/densityCalibration.ts'
import type { PhantomModel } from '../../../src/core/calibration/phantomModel.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { hu, mm } from '../../../src/core/units.ts'

/** The rods of a phantom with given CT numbers, as if they had been measured. */
export const measuredRods = (
  phantom: PhantomModel,
  ctNumbers: readonly number[],
  standardError = 0,
): MeasuredRod[] =>
  phantom.rods.map((rod, at) => ({
    label: rod.label,
    meanHu: hu(ctNumbers[at]!),
    sdHu: hu(10),
    standardErrorHu: hu(standardError),
    n: 1000,
    density: rod.density,
    ...(rod.waterDensity === undefined ? {} : { waterDensity: rod.waterDensity }),
    center: lpsPoint(0, 0, 0),
    radius: mm(6),
  }))
