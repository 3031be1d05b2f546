import type { DensityCalibration } from '../../core/calibration/densityCalibration.ts'
import type { CalibrationResult } from '../record/results.ts'
import { rodFacts } from './rodFacts.ts'

/** The record's form of "no calibration was applied". */
export const NO_CALIBRATION_RESULT: CalibrationResult = {
  id: 'none',
  method: 'none',
  phantom: null,
  mineral: null,
  equation: null,
  slopeMgPerCm3PerHu: null,
  interceptMgPerCm3: null,
  residualSdMgPerCm3: null,
  covariance: null,
  rods: [],
  asynchronous: null,
  tissue: null,
  dualEnergy: null,
  citations: [],
}

/** A calibration in the record's form. */
export function calibrationResult(id: string, calibration: DensityCalibration): CalibrationResult {
  const { covariance, rods } = calibration
  return {
    ...NO_CALIBRATION_RESULT,
    id,
    method: calibration.method,
    phantom: calibration.phantom,
    mineral: calibration.mineral,
    equation: calibration.equation,
    slopeMgPerCm3PerHu: calibration.slope,
    interceptMgPerCm3: calibration.intercept,
    residualSdMgPerCm3: calibration.residualSd,
    covariance: [covariance[0], covariance[1], covariance[2]],
    rods: rods.map((rod) => ({
      ...rodFacts(rod),
      centerLps: [rod.center[0], rod.center[1], rod.center[2]],
      radiusMm: rod.radius,
    })),
  }
}
