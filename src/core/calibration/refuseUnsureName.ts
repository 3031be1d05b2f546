import { QctError } from '../errors.ts'
import { CALIBRATION_GATES } from './calibrationGates.ts'
import type { DensityCalibration } from './densityCalibration.ts'
import type { PhantomModel } from './phantomModel.ts'

/**
 * Refuses a phantom that the program named by itself and whose rods fit its densities badly: it may be another one, of
 * which some rods lie beyond the scan, and then densities are tens of mg/cm³ off. A person who names the phantom knows
 * better, and gets the line with its warning.
 *
 * Two rods leave no residual; that is warned of where the line is fitted.
 *
 * @throws {QctError} `PHANTOM_NAME_UNSURE`
 * @see docs/methods/in-scan-calibration.md, Validation
 */
export function refuseUnsureName(
  { name }: Pick<PhantomModel, 'name'>,
  { residualSd }: Pick<DensityCalibration, 'residualSd'>,
): void {
  const limit = CALIBRATION_GATES.residualWarn
  if (residualSd === null || residualSd <= limit) return
  throw new QctError('PHANTOM_NAME_UNSURE', { phantom: name, residual: residualSd, limit })
}
