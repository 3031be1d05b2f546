import type { DensityRoute } from '../../../core/calibration/calibrationRoute.ts'
import type { QctWarning } from '../../../core/errors.ts'
import { type CalibrationLine, densityByLine } from '../../../core/spine/densityByLine.ts'
import type { Hu, Mineral } from '../../../core/units.ts'
import type { CalibrationResult } from '../../record/results.ts'
import type { LevelMeasurement, ReadyRoute } from './examRoute.ts'

/** A line that holds for the whole exam. */
export interface ExamLine extends CalibrationLine {
  readonly route: DensityRoute
  readonly mineral: Mineral
  readonly warnings: readonly QctWarning[]
  readonly reasons: readonly string[]
  /** Doubts that depend on the CT number it is used at. */
  readonly warningsAt: (meanHu: Hu) => readonly QctWarning[]
  readonly result: (measured: readonly LevelMeasurement[]) => CalibrationResult
}

/** A line that holds for the whole exam as a route; its calibration is named by the route. */
export const lineRoute = (line: ExamLine): ReadyRoute => ({
  status: 'done',
  route: line.route,
  warnings: line.warnings,
  reasons: line.reasons,
  density: ({ meanHu, standardErrorHu }) => ({
    ok: true,
    value: {
      ...densityByLine(line, meanHu, standardErrorHu),
      mineral: line.mineral,
      calibrationId: line.route,
      ownCalibration: null,
      budget: null,
      warnings: line.warningsAt(meanHu),
    },
  }),
  examCalibration: line.result,
})
