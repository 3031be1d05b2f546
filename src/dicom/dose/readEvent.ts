import type { ReadEvent } from '../../core/dose/doseReport.ts'
import type {
  AcquisitionType,
  DoseCheck,
  DoseCode,
  IrradiationEvent,
  PhantomCm,
  XRaySource,
} from '../../core/dose/irradiationEvent.ts'
import { type QctWarning, qctWarning } from '../../core/errors.ts'
import { CONCEPT, type Concept, isConcept } from './codes.ts'
import { type NumberReader, numberReader, present } from './readNumber.ts'
import { childOf, childrenOf, joinedChild, type SrItem } from './srContent.ts'

const TYPES: readonly (readonly [Concept, AcquisitionType])[] = [
  [CONCEPT.spiral, 'spiral'],
  [CONCEPT.sequenced, 'sequenced'],
  [CONCEPT.constantAngle, 'constant-angle'],
  [CONCEPT.stationary, 'stationary'],
  [CONCEPT.free, 'free'],
  [CONCEPT.coneBeam, 'cone-beam'],
]
const PHANTOMS: readonly (readonly [Concept, PhantomCm])[] = [
  [CONCEPT.headPhantom, 16],
  [CONCEPT.bodyPhantom, 32],
]
const LABELS = [
  [CONCEPT.seriesNumber, 'series'],
  [CONCEPT.acquisitionNumber, 'acquisition'],
  [CONCEPT.instanceNumber, 'instance'],
] as const

const meaningOf = <T>(code: DoseCode | undefined, table: readonly (readonly [Concept, T])[]): T | undefined =>
  table.find(([concept]) => isConcept(code, concept))?.[1]

const textBelow = (item: SrItem | undefined, concept: Concept) => {
  const text = item === undefined ? '' : (childOf(item, concept)?.text ?? '')
  return text === '' ? undefined : text
}

function yesNoBelow(item: SrItem, concept: Concept): boolean | undefined {
  const code = childOf(item, concept)?.code
  if (isConcept(code, CONCEPT.yes)) return true
  return isConcept(code, CONCEPT.no) ? false : undefined
}

function xRaySource(item: SrItem, number: NumberReader): XRaySource {
  return present<XRaySource>({
    identification: textBelow(item, CONCEPT.sourceIdentification),
    kvp: number(item, CONCEPT.kvp, 'kvp', 'kV'),
    maximumCurrent: number(item, CONCEPT.maximumCurrent, 'maximumCurrent', 'mA'),
    current: number(item, CONCEPT.current, 'current', 'mA'),
    rotationTime: number(item, CONCEPT.rotationTime, 'rotationTime', 's'),
  })
}

function parameters(item: SrItem | undefined, number: NumberReader) {
  if (item === undefined) return { sources: [] }
  return {
    exposureTime: number(item, CONCEPT.exposureTime, 'exposureTime', 's'),
    scanningLength: number(item, CONCEPT.scanningLength, 'scanningLength', 'mm'),
    reconstructableLength: number(item, CONCEPT.reconstructableLength, 'reconstructableLength', 'mm'),
    exposedRange: number(item, CONCEPT.exposedRange, 'exposedRange', 'mm'),
    singleCollimation: number(item, CONCEPT.singleCollimation, 'singleCollimation', 'mm'),
    totalCollimation: number(item, CONCEPT.totalCollimation, 'totalCollimation', 'mm'),
    pitch: number(item, CONCEPT.pitch, 'pitch', '1'),
    sourceCount: number(item, CONCEPT.sourceCount, 'sourceCount', '1'),
    sources: childrenOf(item, CONCEPT.xRaySource).map((source) => xRaySource(source, number)),
  }
}

type CheckConcepts = Readonly<
  Record<'isDlp' | 'isCtdi' | 'dlp' | 'ctdi' | 'dlpEstimate' | 'ctdiEstimate', Concept>
>

const ALERT: CheckConcepts = {
  isDlp: CONCEPT.isDlpAlertConfigured,
  isCtdi: CONCEPT.isCtdiVolAlertConfigured,
  dlp: CONCEPT.dlpAlert,
  ctdi: CONCEPT.ctdiVolAlert,
  dlpEstimate: CONCEPT.dlpForwardEstimate,
  ctdiEstimate: CONCEPT.ctdiVolForwardEstimate,
}
const NOTIFICATION: CheckConcepts = {
  isDlp: CONCEPT.isDlpNotificationConfigured,
  isCtdi: CONCEPT.isCtdiVolNotificationConfigured,
  dlp: CONCEPT.dlpNotification,
  ctdi: CONCEPT.ctdiVolNotification,
  dlpEstimate: CONCEPT.dlpNotificationForwardEstimate,
  ctdiEstimate: CONCEPT.ctdiVolNotificationForwardEstimate,
}

function doseCheck(
  item: SrItem | undefined,
  concepts: CheckConcepts,
  number: NumberReader,
): DoseCheck | undefined {
  if (item === undefined) return undefined
  return present<DoseCheck>({
    isDlpConfigured: yesNoBelow(item, concepts.isDlp),
    isCtdiVolConfigured: yesNoBelow(item, concepts.isCtdi),
    dlpLimit: number(item, concepts.dlp, 'limit', 'mGy·cm'),
    ctdiVolLimit: number(item, concepts.ctdi, 'limit', 'mGy'),
    dlpForwardEstimate: number(item, concepts.dlpEstimate, 'limit', 'mGy·cm'),
    ctdiVolForwardEstimate: number(item, concepts.ctdiEstimate, 'limit', 'mGy'),
    reasonForProceeding: textBelow(item, CONCEPT.reasonForProceeding),
  })
}

function label(item: SrItem): IrradiationEvent['label'] {
  const found = childOf(item, CONCEPT.eventLabel)
  if (found === undefined || found.text === '') return undefined
  return {
    text: found.text,
    numbers: meaningOf(childOf(found, CONCEPT.labelType)?.code, LABELS) ?? 'unstated',
  }
}

/** Where a value is coded by a code that this program does not know, what stands there is named by its code. */
const codeForMessage = ({ value, scheme }: DoseCode) =>
  `${value} ${scheme}`.replace(/[^\w.\- ]/g, '?').slice(0, 64)

function codeDoubts(event: IrradiationEvent): QctWarning[] {
  const doubts: QctWarning[] = []
  const { acquisitionTypeCode: type, phantomCode: phantom } = event
  if (event.acquisitionType === undefined)
    doubts.push(
      qctWarning('DOSE_ACQUISITION_TYPE_UNKNOWN', { found: type === undefined ? '-' : codeForMessage(type) }),
    )
  if (phantom !== undefined && event.phantomCm === undefined)
    doubts.push(qctWarning('DOSE_PHANTOM_UNKNOWN', { found: codeForMessage(phantom) }))
  return doubts
}

/**
 * One CT Acquisition container as an irradiation event, with the doubts its own writing raises. Values are taken by
 * code and in their proper unit only; what cannot be read is absent, and a doubt says so.
 *
 * @see DICOM PS3.16 TID 10013, 10014, 10015
 */
export function readEvent(item: SrItem): ReadEvent {
  const doubts: QctWarning[] = []
  const number = numberReader(doubts)
  const dose = joinedChild(item, CONCEPT.dose)
  const typeCode = childOf(item, CONCEPT.acquisitionType)?.code
  const phantomCode = dose === undefined ? undefined : childOf(dose, CONCEPT.phantomType)?.code
  const event = present<IrradiationEvent>({
    eventUid: textBelow(item, CONCEPT.eventUid) ?? '',
    acquisitionType: meaningOf(typeCode, TYPES),
    acquisitionTypeCode: typeCode,
    protocol: textBelow(item, CONCEPT.protocol),
    targetRegion: childOf(item, CONCEPT.targetRegion)?.code,
    label: label(item),
    isRepeated: yesNoBelow(item, CONCEPT.isRepeated),
    repeatReason: childOf(item, CONCEPT.repeatReason)?.code,
    ...parameters(joinedChild(item, CONCEPT.parameters), number),
    ctdiVol: dose && number(dose, CONCEPT.ctdiVol, 'ctdiVol', 'mGy'),
    dlp: dose && number(dose, CONCEPT.dlp, 'dlp', 'mGy·cm'),
    phantomCm: meaningOf(phantomCode, PHANTOMS),
    phantomCode,
    alert: dose && doseCheck(childOf(dose, CONCEPT.alert), ALERT, number),
    notification: dose && doseCheck(childOf(dose, CONCEPT.notification), NOTIFICATION, number),
    modulationType: textBelow(item, CONCEPT.modulationType),
    comment: textBelow(item, CONCEPT.comment),
  })
  return { event, doubts: [...doubts, ...codeDoubts(event)] }
}
