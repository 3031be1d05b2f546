import { addsPhantoms } from '../../core/calibration/userPhantoms.ts'
import type { ExamDecisions, RodDecision, RoiDecision } from '../record/decisions.ts'
import type { ExamAcquisition, ExamInputs } from '../record/inputs.ts'
import { sheetOfPatientFile } from '../record/patientFile.ts'
import type { ExamContext } from './examContext.ts'
import { type ExamRequest, requestedLevels } from './examRequest.ts'

/** What went in, in the record's form; without an acquisition where no series became a volume. */
export const inputsOf = (context: ExamContext, acquisition: ExamAcquisition | null): ExamInputs => ({
  study: context.study,
  patient: context.patient,
  acquisition,
  software: context.software,
  digest: context.digest,
})

/** What an exam that was measured adds to what was asked for. */
export interface FoundInExam {
  /** Id of the phantom that calibrated the scan; null without one. */
  readonly phantom: string | null
  readonly rois: readonly RoiDecision[]
  readonly rods: readonly RodDecision[]
}

const NOTHING_FOUND: FoundInExam = { phantom: null, rois: [], rods: [] }

/** What was asked for and chosen, in the record's form. */
export const decisionsOf = (
  context: ExamContext,
  request: ExamRequest,
  { phantom, rois, rods }: FoundInExam = NOTHING_FOUND,
): ExamDecisions => ({
  series: context.seriesDecision,
  calibration: {
    requested: request.calibration,
    used: phantom === null ? 'none' : 'in-scan',
    phantomRequested: request.phantom,
    phantomUsed: phantom,
    ...(addsPhantoms(request.userPhantoms)
      ? {
          userPhantoms: {
            phantoms: [...request.userPhantoms.phantoms],
            certificates: [...request.userPhantoms.certificates],
          },
        }
      : {}),
  },
  levels: [...requestedLevels(request)],
  rois: [...rois],
  rods: [...rods],
  exclusions: [...request.exclusions],
  patient: sheetOfPatientFile(request.patientFile),
  readerText: request.readerText,
  confirmations: [...request.confirmations],
  dose: request.dose,
})
