import type { ExamRecord } from '../../exam/record/examRecord.ts'

/**
 * The record from which routes are shown side by side: the present one, or the last that tried them all, as long as
 * nothing but the choice of the route was decided since. A route's values do not depend on which one is chosen.
 */
export function recordToCompare(record: ExamRecord, comparison: ExamRecord | null): ExamRecord {
  if (comparison === null || record.decisions.calibration.requested === 'all') return record
  return ground(record) === ground(comparison) ? comparison : record
}

/** All that the values of every route depend on. */
function ground({ inputs, decisions }: ExamRecord): string {
  const { calibration, series, levels, rois, exclusions, rods, tissueRegions } = decisions
  // All but the choice itself: what a later version adds to the inputs of routes counts by itself.
  const { requested: _requested, used: _used, why: _why, phantomUsed: _phantomUsed, ...given } = calibration
  return JSON.stringify([
    inputs.study.studyInstanceUid,
    series?.id,
    levels,
    rois,
    exclusions,
    given,
    rods.filter(({ source }) => source === 'roi file'),
    tissueRegions.filter(({ source }) => source === 'roi file'),
  ])
}
