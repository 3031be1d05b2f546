import type { DensityCalibration } from '../../core/calibration/densityCalibration.ts'
import type { FoundPhantom } from '../../core/calibration/findRods.ts'
import { type QctWarning, qctWarning } from '../../core/errors.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { RodDecision } from '../record/decisions.ts'
import type { ExamRequest } from './examRequest.ts'

/** The phantom of a scan, if there is one, and what it calibrates. */
export interface ScanCalibration {
  /** Null: CT numbers only. */
  readonly found: FoundPhantom | null
  readonly rods: RodDecision[]
  readonly warnings: readonly QctWarning[]
  /** The calibration of the slices that a VOI lies in; null without a phantom. */
  readonly levelCalibration: (
    voi: EllipticalCylinder,
  ) => { readonly calibration: DensityCalibration; readonly warnings: readonly QctWarning[] } | null
  /** The calibration of all slices in which the rods were followed; null without a phantom. */
  readonly examCalibration: () => DensityCalibration | null
}

const NONE: ScanCalibration = {
  found: null,
  rods: [],
  warnings: [],
  levelCalibration: () => null,
  examCalibration: () => null,
}

export function findScanCalibration(
  _volume: CtVolume,
  _request: ExamRequest,
  _onProgress: (done: number) => void,
): ScanCalibration {
  return { ...NONE, warnings: [qctWarning('NO_CALIBRATION', {})] }
}
