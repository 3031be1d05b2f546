import type { QctError } from '../../core/errors.ts'
import type { VolumeGeometry } from '../../core/geometry/volumeGeometry.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import type { LevelResult } from '../record/results.ts'
import { acquisitionFacts } from './acquisitionFacts.ts'
import { NO_CALIBRATION_RESULT } from './calibrationResult.ts'
import { completeRecord } from './completeRecord.ts'
import type { ExamContext } from './examContext.ts'
import { type ExamRequest, requestedLevels } from './examRequest.ts'
import { recordWarning } from './recordWarning.ts'

/** What an exam got to before it was refused. */
export interface RefusedProgress {
  readonly geometry?: VolumeGeometry
  readonly levels?: readonly LevelResult[]
}

/** The record of an exam that was refused: everything known until then, no value, and the reason. */
export function refusedRecord(
  context: ExamContext,
  request: ExamRequest,
  error: QctError,
  { geometry, levels = [] }: RefusedProgress = {},
): ExamRecord {
  return completeRecord({
    status: 'refused',
    refusal: { code: error.code, message: error.message },
    inputs: {
      study: context.study,
      patient: context.patient,
      acquisition: geometry === undefined ? null : acquisitionFacts(context.series, geometry),
      software: context.software,
      digest: context.digest,
    },
    decisions: {
      series: context.seriesDecision,
      calibration: {
        requested: request.calibration,
        used: 'none',
        phantomRequested: request.phantom,
        phantomUsed: null,
      },
      levels: [...requestedLevels(request)],
      rois: [],
      rods: [],
    },
    results: {
      calibration: NO_CALIBRATION_RESULT,
      calibrations: [],
      spine: {
        levels: [...levels],
        meanVbmdMgPerCm3: null,
        meanUncertaintyMgPerCm3: null,
        category: null,
        categoryWithheld: { code: error.code, message: error.message },
      },
      warnings: context.warnings.map(recordWarning),
    },
  })
}
