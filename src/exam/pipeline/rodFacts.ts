import type { MeasuredRod } from '../../core/calibration/densityCalibration.ts'

/** What a rod measured and what its certificate says, in the field names of records. */
export const rodFacts = (rod: MeasuredRod) => ({
  label: rod.label,
  meanHu: rod.meanHu,
  sdHu: rod.sdHu,
  standardErrorHu: rod.standardErrorHu,
  n: rod.n,
  densityMgPerCm3: rod.density,
  waterDensityMgPerCm3: rod.waterDensity ?? null,
})
