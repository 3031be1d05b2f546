import { NO_USER_PHANTOMS } from '../../core/calibration/userPhantoms.ts'
import type { ExamDecisions, RoiDecision } from '../record/decisions.ts'
import { patientFileOfSheet } from '../record/patientFile.ts'
import type { SpineEntry } from '../record/roiFile.ts'
import type { ExamRequest } from './examRequest.ts'

/**
 * The request that a record's decisions stand for, so that inputs and decisions alone rebuild the results. An editor
 * changes decisions, and asks for them again by this.
 */
export function requestOfDecisions(decisions: ExamDecisions): ExamRequest {
  const { series, calibration, rois, rods } = decisions
  const spine = rois.filter(({ placement }) => placement === 'given' || placement === 'from seed')
  const given = rods.filter(({ source }) => source === 'roi file')
  return {
    calibration: calibration.requested,
    phantom: calibration.phantomRequested,
    userPhantoms: calibration.userPhantoms ?? NO_USER_PHANTOMS,
    levels: decisions.levels,
    roiFile:
      spine.length === 0 && given.length === 0
        ? null
        : {
            schemaVersion: 1,
            spine: spine.flatMap(entryOf),
            rods: given.map(({ label, centerLps, radiusMm }) => ({ label, centerLps, radiusMm })),
          },
    asynchronous: calibration.asynchronous,
    tissue:
      calibration.tissue === null
        ? null
        : {
            ...calibration.tissue,
            regions: decisions.tissueRegions
              .filter(({ source }) => source === 'roi file')
              .map(({ source: _, ...region }) => region),
          },
    dualEnergy: calibration.dualEnergy,
    edits: rois.filter(({ placement }) => placement === 'edited').flatMap(entryOf),
    exclusions: decisions.exclusions,
    patientFile: patientFileOfSheet(decisions.patient),
    seriesUid: series?.chosenBy === 'caller' ? series.id : null,
    readerText: decisions.readerText,
    confirmations: decisions.confirmations,
    dose: decisions.dose,
  }
}

/** A seed stays a seed; a VOI that a person gave or moved is taken whole. */
function entryOf({ level, placement, seedLps, voi }: RoiDecision): SpineEntry[] {
  if (placement === 'from seed') return seedLps === null ? [] : [{ level, centerLps: seedLps }]
  if (voi !== null) return [{ level, ...voi }]
  return seedLps === null ? [] : [{ level, centerLps: seedLps }]
}
