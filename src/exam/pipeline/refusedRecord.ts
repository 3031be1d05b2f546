import type { QctError } from '../../core/errors.ts'
import type { VolumeGeometry } from '../../core/geometry/volumeGeometry.ts'
import { acquisitionWarnings } from '../../core/quality/acquisitionWarnings.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import { acquisitionFacts } from './acquisitionFacts.ts'
import { NO_CALIBRATION_RESULT } from './calibrationResult.ts'
import { completeRecord } from './completeRecord.ts'
import type { ExamContext } from './examContext.ts'
import type { ExamRequest } from './examRequest.ts'
import { decisionsOf, inputsOf } from './recordParts.ts'
import { recordWarnings } from './recordWarning.ts'
import { stopped } from './routes/examRoute.ts'
import { routeResults } from './routes/examRoutes.ts'

/**
 * The record of an exam that was refused: everything known until then, no value, and the reason.
 *
 * @param geometry - Of the volume, where the exam got that far.
 */
export function refusedRecord(
  context: ExamContext,
  request: ExamRequest,
  error: QctError,
  geometry?: VolumeGeometry,
): ExamRecord {
  const acquisition = geometry === undefined ? null : acquisitionFacts(context.series, geometry)
  const warnings = [...context.warnings, ...(acquisition === null ? [] : acquisitionWarnings(acquisition))]
  return completeRecord({
    status: 'refused',
    refusal: { code: error.code, message: error.message },
    inputs: inputsOf(context, acquisition),
    decisions: decisionsOf(context, request),
    results: {
      calibration: NO_CALIBRATION_RESULT,
      calibrations: [],
      // A phantom that was asked for and not found ends the exam before any level is measured.
      routes:
        request.calibration === 'in-scan' && error.code.startsWith('RODS_')
          ? routeResults([stopped('refused', 'in-scan', error)], null)
          : [],
      spine: {
        levels: [],
        meanVbmdMgPerCm3: null,
        meanUncertaintyMgPerCm3: null,
        category: null,
        categoryWithheld: { code: error.code, message: error.message },
        screening: null,
        disagreements: [],
      },
      dose: context.dose,
      warnings: recordWarnings(warnings),
    },
  })
}
