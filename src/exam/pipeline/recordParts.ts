import { addsPhantoms } from '../../core/calibration/userPhantoms.ts'
import type { ExamDecisions, RodDecision, RoiDecision, TissueRegionDecision } from '../record/decisions.ts'
import type { ExamAcquisition, ExamInputs } from '../record/inputs.ts'
import { sheetOfPatientFile } from '../record/patientFile.ts'
import type { ExamContext } from './examContext.ts'
import { type ExamRequest, requestedLevels } from './examRequest.ts'
import { type ChosenRoute, chosenRoute } from './routes/chosenRoute.ts'

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
  readonly tissueRegions: readonly TissueRegionDecision[]
  readonly chosen: ChosenRoute
}

const NOTHING_FOUND: Omit<FoundInExam, 'chosen'> = { phantom: null, rois: [], rods: [], tissueRegions: [] }

/** What was asked for and chosen, in the record's form. */
export const decisionsOf = (
  context: ExamContext,
  request: ExamRequest,
  { phantom, rois, rods, tissueRegions, chosen }: FoundInExam = {
    ...NOTHING_FOUND,
    chosen: chosenRoute(request, []),
  },
): ExamDecisions => ({
  series: context.seriesDecision,
  calibration: {
    requested: request.calibration,
    used: chosen.used,
    why: chosen.why,
    phantomRequested: request.phantom,
    phantomUsed: phantom,
    asynchronous: request.asynchronous,
    tissue: tissueInputsOf(request),
    dualEnergy: request.dualEnergy,
    userPhantoms: addsPhantoms(request.userPhantoms)
      ? {
          phantoms: [...request.userPhantoms.phantoms],
          certificates: [...request.userPhantoms.certificates],
        }
      : null,
  },
  levels: [...requestedLevels(request)],
  rois: [...rois],
  rods: [...rods],
  tissueRegions: [...tissueRegions],
  exclusions: [...request.exclusions],
  patient: sheetOfPatientFile(request.patientFile),
  readerText: request.readerText,
  confirmations: [...request.confirmations],
  dose: request.dose,
})

/** The request's tissue values without its regions, which are decisions of their own. */
function tissueInputsOf({ tissue }: ExamRequest): ExamDecisions['calibration']['tissue'] {
  if (tissue === null) return null
  const { densities, spread, reference, windows } = tissue
  return { densities, spread, reference, windows }
}
