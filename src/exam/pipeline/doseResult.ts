import { type AreaClues, inferAnatomicArea } from '../../core/dose/anatomicArea.ts'
import { isLocalizerEvent } from '../../core/dose/irradiationEvent.ts'
import { type MergedEvent, mergeDoseReports } from '../../core/dose/mergeDoseReports.ts'
import { type QctErrorCode, type QctWarning, qctWarning } from '../../core/errors.ts'
import type { CtStudy, SetAsideFile } from '../../dicom/ctStudy.ts'
import type { IrradiatedSeries } from '../../dicom/dose/irradiatedSeries.ts'
import type { DoseObject } from '../../dicom/dose/studyDose.ts'
import type { DoseDecisions, DoseEventResult, DoseResult } from '../record/dose.ts'
import { recordWarnings } from './recordWarning.ts'

/** Whether a dose object speaks for the exam: its study and patient agree, or a person accepted it. */
const isUsed = ({ match, report }: DoseObject, { acceptedObjects }: DoseDecisions) =>
  match.verdict !== 'differs' || acceptedObjects.includes(report.sopInstanceUid)

function matchDoubts({ match, report }: DoseObject, decisions: DoseDecisions): QctWarning[] {
  if (decisions.acceptedObjects.includes(report.sopInstanceUid)) return []
  if (match.verdict === 'unproven') return [qctWarning('DOSE_REPORT_IDENTITY_UNPROVEN', {})]
  if (match.verdict === 'matches') return []
  return match.isSameStudy
    ? [qctWarning('DOSE_REPORT_OTHER_PATIENT', { facts: match.differs })]
    : [qctWarning('DOSE_REPORT_OTHER_STUDY', {})]
}

/** What the images say of an event: the first series made of it, by number. */
const seriesOfEvent = (series: readonly IrradiatedSeries[], eventUid: string) =>
  series
    .filter((one) => eventUid !== '' && one.eventUid === eventUid)
    .sort((a, b) => a.seriesNumber - b.seriesNumber)[0]

/** What a person decided for an event. One without a UID cannot be decided for: it could be any. */
const decided = <T>(decisions: Readonly<Record<string, T>>, eventUid: string): T | undefined =>
  eventUid !== '' && Object.hasOwn(decisions, eventUid) ? decisions[eventUid] : undefined

function areaOf(eventUid: string, clues: AreaClues, decisions: DoseDecisions) {
  const confirmed = decided(decisions.areas, eventUid)
  if (confirmed !== undefined) return { anatomicArea: confirmed, areaSource: 'person' as const }
  const inferred = inferAnatomicArea(clues)
  return inferred === undefined
    ? { anatomicArea: null, areaSource: null }
    : { anatomicArea: [...inferred.regions], areaSource: inferred.source }
}

/** The phantom as the dose object states it; where it is silent, as a person stated it. */
function phantomOf({ event }: MergedEvent, decisions: DoseDecisions) {
  if (event.phantomCm !== undefined)
    return { phantomCm: event.phantomCm, phantomSource: 'dose object' as const }
  const stated = decided(decisions.phantoms, event.eventUid)
  return stated === undefined
    ? { phantomCm: null, phantomSource: null }
    : { phantomCm: stated, phantomSource: 'person' as const }
}

interface EventContext {
  readonly study: CtStudy
  readonly decisions: DoseDecisions
  /** Nothing names the patient of the object the event comes from, and nobody has accepted it. */
  readonly isUnproven: boolean
}

function eventResult(
  merged: MergedEvent,
  exposureEvent: number | null,
  { study, decisions, isUnproven }: EventContext,
): DoseEventResult {
  const { event } = merged
  const images = seriesOfEvent(study.dose.series, event.eventUid)
  const phantom = phantomOf(merged, decisions)
  const doubts = merged.doubts.filter(
    ({ code }) => code !== 'DOSE_PHANTOM_NOT_STATED' || phantom.phantomSource !== 'person',
  )
  const clues = {
    protocol: event.protocol || images?.protocolName,
    seriesDescription: images?.seriesDescription,
    studyDescription: study.studyDescription,
    bodyPart: images?.bodyPartExamined,
    targetRegion: event.targetRegion,
  }
  return {
    exposureEvent,
    eventUid: event.eventUid,
    series: event.label?.text ?? images?.seriesNumber.toString() ?? null,
    protocol: event.protocol ?? null,
    acquisitionType: event.acquisitionType ?? null,
    ...areaOf(event.eventUid, clues, decisions),
    ...phantom,
    ctdiVolMgy: event.ctdiVol?.value ?? null,
    ctdiVolDigits: event.ctdiVol?.digits ?? null,
    dlpMgyCm: event.dlp?.value ?? null,
    dlpDigits: event.dlp?.digits ?? null,
    source: merged.source?.value ?? null,
    verdict: doubts.length > 0 || isUnproven ? 'to confirm' : 'accepted',
    doubts: recordWarnings(doubts),
  }
}

/** Codes under which a file that calls itself a dose report is set aside. */
const UNREADABLE: readonly (QctErrorCode | undefined)[] = [
  'DOSE_REPORT_NOT_DOSE',
  'DOSE_REPORT_WITHOUT_EVENTS',
]

/** Dose reports that could not be used. Whose they are cannot be told, so every exam of the drop says it. */
function unreadable(setAside: readonly SetAsideFile[]): QctWarning[] {
  const files = setAside.filter(({ error }) => UNREADABLE.includes(error?.code)).length
  return files === 0 ? [] : [qctWarning('DOSE_REPORT_UNREADABLE', { files })]
}

/**
 * The dose of a study as its dose objects state it, ready for record and report: objects that are of another patient
 * or study are listed and left out until a person accepts them; the events of the others are joined, localizers are
 * kept without a number, and the rest are numbered in the order of irradiation.
 *
 * @param setAside - Files of the drop that are no CT image; damaged dose reports among them are a doubt.
 * @returns Null when no dose object names the study or its patient, and none was damaged.
 */
export function doseResult(
  study: CtStudy,
  decisions: DoseDecisions,
  setAside: readonly SetAsideFile[] = [],
): DoseResult | null {
  const { objects } = study.dose
  const lost = unreadable(setAside)
  if (objects.length === 0 && lost.length === 0) return null
  const used = objects.filter((object) => isUsed(object, decisions))
  const merged = mergeDoseReports(used.map(({ report }) => report))
  const isUnproven = used.some(
    ({ match, report }) =>
      match.verdict === 'unproven' && !decisions.acceptedObjects.includes(report.sopInstanceUid),
  )
  let number = 0
  const events = merged.events.map((one) =>
    eventResult(one, isLocalizerEvent(one.event) ? null : ++number, { study, decisions, isUnproven }),
  )
  return {
    objects: objects.map((object) => ({
      path: object.path,
      sopInstanceUid: object.report.sopInstanceUid,
      kind: 'dose report',
      match: object.match.verdict,
      differs: [...object.match.differs],
      isSameStudy: object.match.isSameStudy,
      isUsed: isUsed(object, decisions),
      isAcceptedByPerson: decisions.acceptedObjects.includes(object.report.sopInstanceUid),
    })),
    events,
    warnings: recordWarnings([
      ...lost,
      ...objects.flatMap((object) => matchDoubts(object, decisions)),
      ...merged.warnings,
    ]),
  }
}
