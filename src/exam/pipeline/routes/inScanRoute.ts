import { inScanBudget } from '../../../core/calibration/uncertaintyBudget.ts'
import { QctError } from '../../../core/errors.ts'
import { densityByLine } from '../../../core/spine/densityByLine.ts'
import { calibrationResult } from '../calibrationResult.ts'
import { EXAM_CALIBRATION_ID, type ScanCalibration } from '../scanCalibration.ts'
import { type ExamRoute, stopped } from './examRoute.ts'

/** The phantom in the scan as a route: its rods are sampled in the slices of each level. */
export function inScanRoute(scan: ScanCalibration): ExamRoute {
  if (scan.found === null) {
    const refusal = scan.refusal ?? new QctError('RODS_NOT_FOUND', {})
    return stopped(refusal.code === 'RODS_NOT_FOUND' ? 'not possible' : 'refused', 'in-scan', refusal)
  }
  return {
    status: 'done',
    route: 'in-scan',
    warnings: scan.warnings,
    reasons: [],
    density: ({ level, voi, meanHu, standardErrorHu }) => {
      try {
        const fitted = scan.levelCalibration(voi)
        if (fitted === null) return { ok: false, error: new QctError('RODS_NOT_FOUND', {}) }
        const { calibration, warnings } = fitted
        return {
          ok: true,
          value: {
            ...densityByLine(calibration, meanHu, standardErrorHu),
            mineral: calibration.mineral,
            calibrationId: level,
            ownCalibration: calibrationResult(level, calibration),
            budget: inScanBudget(calibration, meanHu, standardErrorHu),
            warnings,
          },
        }
      } catch (error) {
        if (error instanceof QctError) return { ok: false, error }
        throw error
      }
    },
    examCalibration: (measured) => {
      const whole = scan.examCalibration(measured.map(({ voi }) => voi))
      return whole === null ? null : calibrationResult(EXAM_CALIBRATION_ID, whole)
    },
  }
}
