import type { DoseReport, ReadEvent } from '../../core/dose/doseReport.ts'
import { eventDoubts } from '../../core/dose/eventDoubts.ts'
import { reportDoubts } from '../../core/dose/reportDoubts.ts'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { type Attributes, isoDateOf, textOf } from '../attributes.ts'
import { characterSetOf, namedTextOf } from '../characterSet.ts'
import { TAG } from '../tags.ts'
import { CONCEPT, isConcept } from './codes.ts'
import { readEvent } from './readEvent.ts'
import { numberReader, present } from './readNumber.ts'
import { childOf, childrenOf, codeOf, contentTree, joinedChild, type SrItem } from './srContent.ts'

/** X-Ray Radiation Dose SR Storage. @see DICOM PS3.4 B.5 */
export const DOSE_REPORT_CLASS = '1.2.840.10008.5.1.4.1.1.88.67'
/** In Enhanced SR, older scanners write the same content. */
const DOSE_SOP_CLASSES = new Set([DOSE_REPORT_CLASS, '1.2.840.10008.5.1.4.1.1.88.22'])

/** Whether objects of a SOP class may be dose reports; their title decides. */
export const mayBeDoseReport = (sopClassUid: string) => DOSE_SOP_CLASSES.has(sopClassUid)

/** Whether a structured report is titled X-Ray Radiation Dose Report, by code. */
export const isDoseReport = (attributes: Attributes) =>
  isConcept(codeOf(attributes, TAG.conceptNameCodeSequence, []), CONCEPT.radiationDoseReport)

/** UTF-8 of a Latin letter, read in a one-byte set: a capital A with tilde or circumflex, then a sign. */
const UTF8_AS_LATIN = /[\u00c2-\u00c5][\u0080-\u00bf\u2018-\u2122]/

function textDoubts(events: readonly ReadEvent[]): QctWarning[] {
  const texts = events.flatMap(({ event }) => [event.protocol ?? '', event.comment ?? ''])
  const isDoubtful = texts.some((text) => UTF8_AS_LATIN.test(text) || text.includes('\ufffd'))
  return isDoubtful ? [qctWarning('DOSE_TEXT_ENCODING', {})] : []
}

/** A report on another kind of exam is told by its coded procedure; one that codes none by having CT content. */
function refuseOtherThanCt(root: SrItem, acquisitions: readonly SrItem[]): void {
  const procedure = childOf(root, CONCEPT.procedureReported)?.code
  const isCt =
    procedure === undefined ? acquisitions.length > 0 : isConcept(procedure, CONCEPT.computedTomography)
  if (!isCt) {
    const found = (procedure?.value ?? '').replace(/[^\w.-]/g, '?').slice(0, 24)
    throw new QctError('DOSE_REPORT_NOT_CT', { found: found === '' ? '-' : found })
  }
}

function withDoubts(acquisition: SrItem): ReadEvent {
  const { event, doubts } = readEvent(acquisition)
  const read = new Set(doubts.map(({ details }) => ('quantity' in details ? details.quantity : undefined)))
  // a value that was left out is not missing as well
  const more = eventDoubts(event).filter(
    ({ code, details }) =>
      code !== 'DOSE_VALUE_MISSING' || !('quantity' in details) || !read.has(details.quantity),
  )
  return { event, doubts: [...doubts, ...more] }
}

/**
 * Reads a CT dose report (RDSR) by its codes, SRT and SCT alike: whose it is, every irradiation event with the digits
 * it was written in, and what speaks against it.
 *
 * @param attributes - The whole data set.
 * @throws {QctError} `DOSE_REPORT_NOT_DOSE` when its title is another; `DOSE_REPORT_NOT_CT`;
 *   `DOSE_REPORT_WITHOUT_EVENTS`; `FILE_DAMAGED` when the content is no report's.
 * @see DICOM PS3.16 TID 10011
 */
export function readDoseReport(attributes: Attributes): DoseReport {
  if (!isDoseReport(attributes)) throw new QctError('DOSE_REPORT_NOT_DOSE', {})
  const root = contentTree(attributes)
  const acquisitions = childrenOf(root, CONCEPT.acquisition)
  refuseOtherThanCt(root, acquisitions)
  const events = acquisitions.map(withDoubts)
  if (events.length === 0) throw new QctError('DOSE_REPORT_WITHOUT_EVENTS', {})

  const warnings: QctWarning[] = []
  const number = numberReader(warnings)
  const accumulated = joinedChild(root, CONCEPT.accumulatedDose)
  const total = accumulated && childOf(accumulated, CONCEPT.dlpTotal)
  const procedure = childOf(root, CONCEPT.procedureReported)
  const scopes = childrenOf(root, CONCEPT.scopeOfAccumulation)
  const text = (tag: string) => namedTextOf(attributes, tag, characterSetOf(attributes))
  const report = present<DoseReport>({
    sopInstanceUid: textOf(attributes, TAG.sopInstanceUid),
    sopClassUid: textOf(attributes, TAG.sopClassUid),
    subject: {
      patientId: text(TAG.patientId),
      patientName: text(TAG.patientName),
      patientBirthDate: isoDateOf(attributes, TAG.patientBirthDate),
      patientSex: textOf(attributes, TAG.patientSex),
      studyInstanceUid: textOf(attributes, TAG.studyInstanceUid),
    },
    accessionNumber: text(TAG.accessionNumber),
    studyDescription: text(TAG.studyDescription),
    manufacturer: text(TAG.manufacturer),
    manufacturerModelName: text(TAG.manufacturerModelName),
    contentDateTime: textOf(attributes, TAG.contentDate) + textOf(attributes, TAG.contentTime),
    irradiationStart: childOf(root, CONCEPT.startOfIrradiation)?.text ?? '',
    irradiationEnd: childOf(root, CONCEPT.endOfIrradiation)?.text ?? '',
    scopeStudyUids: scopes.flatMap((scope) => childOf(scope, CONCEPT.studyInstanceUid)?.text || []),
    intent: procedure && childOf(procedure, CONCEPT.hasIntent)?.code,
    source: childOf(root, CONCEPT.sourceOfDoseInformation)?.code,
    statedEvents: accumulated && number(accumulated, CONCEPT.totalEvents, 'eventTotal', '1'),
    statedDlpTotal: accumulated && number(accumulated, CONCEPT.dlpTotal, 'dlpTotal', 'mGy·cm'),
    statedDlpTotalPhantom: total && childOf(total, CONCEPT.phantomType)?.code,
    events,
    warnings: [],
  })
  if (textOf(attributes, TAG.completionFlag) === 'PARTIAL')
    warnings.push(qctWarning('DOSE_REPORT_PARTIAL', {}))
  return { ...report, warnings: [...warnings, ...reportDoubts(report), ...textDoubts(events)] }
}
