import { VERTEBRAL_LEVELS, type VertebralLevel } from '../../core/units.ts'
import { PLAIN_REQUEST, requestedLevels } from '../../exam/pipeline/examRequest.ts'
import type {
  Confirmation,
  ExamDecisions,
  Exclusion,
  ReaderText,
  RodDecision,
  RoiDecision,
} from '../../exam/record/decisions.ts'
import { EMPTY_PATIENT_SHEET, type PatientSheet } from '../../exam/record/patientSheet.ts'

/** A change of the decisions; the same decisions give the same result. */
export type DecisionEdit = (decisions: ExamDecisions) => ExamDecisions

/** A VOI as the decisions keep it, in LPS mm. */
export type DecidedVoi = NonNullable<RoiDecision['voi']>

/** The decisions before anything was found or said: every choice is left to the program. */
export const BLANK_DECISIONS: ExamDecisions = {
  series: null,
  calibration: {
    requested: PLAIN_REQUEST.calibration,
    used: 'none',
    why: 'none calibrates',
    phantomRequested: null,
    phantomUsed: null,
    asynchronous: null,
    tissue: null,
    dualEnergy: null,
    userPhantoms: null,
  },
  levels: [...requestedLevels(PLAIN_REQUEST)],
  rois: [],
  rods: [],
  tissueRegions: [],
  exclusions: [],
  patient: EMPTY_PATIENT_SHEET,
  readerText: PLAIN_REQUEST.readerText,
  confirmations: [],
  dose: PLAIN_REQUEST.dose,
}

const inOrder = (levels: Iterable<VertebralLevel>): VertebralLevel[] => {
  const wanted = new Set(levels)
  return VERTEBRAL_LEVELS.filter((level) => wanted.has(level))
}

const withRoi = (decisions: ExamDecisions, roi: RoiDecision): ExamDecisions => ({
  ...decisions,
  levels: inOrder([...decisions.levels, roi.level]),
  rois: [...decisions.rois.filter(({ level }) => level !== roi.level), roi],
})

/** A level's VOI where a hand put it. */
export const placeVoi =
  (level: VertebralLevel, voi: DecidedVoi): DecisionEdit =>
  (decisions) => {
    const before = decisions.rois.find((roi) => roi.level === level)
    return withRoi(decisions, { level, placement: 'edited', seedLps: before?.seedLps ?? null, voi })
  }

/**
 * A seed that a person clicked inside a vertebral body; its VOI is placed anew. Seeds that the program found for other
 * levels are kept as seeds beside it: a person's naming of one level holds for the whole column.
 */
export const placeSeed =
  (level: VertebralLevel, seedLps: readonly [number, number, number]): DecisionEdit =>
  (decisions) => {
    const rois = decisions.rois.map(
      (roi): RoiDecision =>
        roi.placement === 'automatic' && roi.seedLps !== null ? { ...roi, placement: 'from seed' } : roi,
    )
    return withRoi(
      { ...decisions, rois },
      { level, placement: 'from seed', seedLps: [seedLps[0], seedLps[1], seedLps[2]], voi: null },
    )
  }

/** A level without what a hand did to its VOI: placed again from its seed, or found again. */
export const placeAgain =
  (level: VertebralLevel): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    rois: decisions.rois.flatMap((roi): RoiDecision[] => {
      if (roi.level !== level) return [roi]
      const others = decisions.rois.some(({ placement }) => placement === 'from seed')
      return others && roi.seedLps !== null ? [{ ...roi, placement: 'from seed', voi: null }] : []
    }),
  })

/** Which levels are measured. */
export const askLevels =
  (levels: readonly VertebralLevel[]): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    levels: inOrder(levels),
    rois: decisions.rois.filter(({ level }) => levels.includes(level)),
    exclusions: decisions.exclusions.filter(({ level }) => levels.includes(level)),
  })

/** A level left out with its reason, or taken in again. */
export const exclude =
  (level: VertebralLevel, exclusion: Omit<Exclusion, 'level'> | null): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    exclusions: [
      ...decisions.exclusions.filter((known) => known.level !== level),
      ...(exclusion === null ? [] : [{ level, ...exclusion }]),
    ],
  })

/** How CT numbers become densities, and by which phantom; rods given by hand for another phantom go. */
export const calibrateBy =
  (requested: ExamDecisions['calibration']['requested'], phantom: string | null): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    calibration: { ...decisions.calibration, requested, phantomRequested: phantom },
    rods: [],
  })

/** All rods of the phantom where a person put them. */
export const placeRods =
  (phantom: string, rods: readonly Omit<RodDecision, 'source'>[]): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    calibration: { ...decisions.calibration, phantomRequested: phantom },
    rods: rods.map((rod) => ({ ...rod, source: 'roi file' as const })),
  })

/** One fact of the patient sheet as typed; null takes it back, and the files' fact holds again. */
export const statePatient =
  <K extends keyof PatientSheet>(fact: K, value: PatientSheet[K]): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    patient: {
      ...decisions.patient,
      // A birth date and an age say the same thing twice; the one stated last holds.
      ...(fact === 'birthDate' && value !== null ? { ageYears: null } : {}),
      ...(fact === 'ageYears' && value !== null ? { birthDate: null } : {}),
      [fact]: value,
    },
  })

/** One part of what the reader writes into the report. */
export const writeText =
  (part: keyof ReaderText, text: string | null): DecisionEdit =>
  (decisions) => ({ ...decisions, readerText: { ...decisions.readerText, [part]: text } })

/** A confirmation given or taken back. */
export const confirm =
  (what: Confirmation, isConfirmed: boolean): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    confirmations: [
      ...decisions.confirmations.filter((known) => known !== what),
      ...(isConfirmed ? [what] : []),
    ],
  })

/** Another series to measure; what was placed in the old one lies in another volume and goes. */
export const measureSeries =
  (seriesId: string): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    series: { id: seriesId, chosenBy: 'caller', reasons: [], otherSeries: [] },
    rois: [],
    rods: [],
    tissueRegions: [],
  })
