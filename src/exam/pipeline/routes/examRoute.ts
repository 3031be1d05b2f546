import type { DensityRoute } from '../../../core/calibration/calibrationRoute.ts'
import type { UncertaintyBudget } from '../../../core/calibration/uncertaintyBudget.ts'
import type { QctError, QctWarning, Result } from '../../../core/errors.ts'
import type { DensityWithDoubt } from '../../../core/spine/densityByLine.ts'
import type { Hu, Mineral, VertebralLevel } from '../../../core/units.ts'
import type { EllipticalCylinder } from '../../../core/volume/roi.ts'
import type { CalibrationResult } from '../../record/results.ts'

/** One measured level as a route is told of it. */
export interface LevelMeasurement {
  readonly level: VertebralLevel
  readonly voi: EllipticalCylinder
  readonly meanHu: Hu
  readonly standardErrorHu: Hu
}

/** What a route makes of one level. */
export interface LevelDensityByRoute extends DensityWithDoubt {
  readonly mineral: Mineral
  /** Id of the calibration in the record. */
  readonly calibrationId: string
  /** Its calibration in the record's form where the level has one of its own; null where it is that of the exam. */
  readonly ownCalibration: CalibrationResult | null
  /** The parts of its doubt; null where the route does not take it apart. */
  readonly budget: UncertaintyBudget | null
  readonly warnings: readonly QctWarning[]
}

/** A route that calibrates this scan. */
export interface ReadyRoute {
  readonly status: 'done'
  readonly route: DensityRoute
  readonly warnings: readonly QctWarning[]
  /** Why it was taken, in words. */
  readonly reasons: readonly string[]
  /** Expected failures are values: they concern that level alone. */
  readonly density: (measured: LevelMeasurement) => Result<LevelDensityByRoute>
  /** Its calibration over all measured levels; null where no level leaves one. */
  readonly examCalibration: (measured: readonly LevelMeasurement[]) => CalibrationResult | null
}

/** A route that does not calibrate this scan, and why. */
export interface StoppedRoute {
  /** `refused`: tried, and a guard said no; `not possible`: scan or inputs lack what it needs. */
  readonly status: 'refused' | 'not possible'
  readonly route: DensityRoute
  readonly refusal: QctError
  readonly warnings: readonly QctWarning[]
  readonly reasons: readonly string[]
}

/** What became of one route. */
export type ExamRoute = ReadyRoute | StoppedRoute

/** A route that was stopped, without doubts or reasons beside its refusal. */
export const stopped = (
  status: StoppedRoute['status'],
  route: DensityRoute,
  refusal: QctError,
): StoppedRoute => ({ status, route, refusal, warnings: [], reasons: [] })
