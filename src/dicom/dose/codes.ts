import type { DoseCode } from '../../core/dose/irradiationEvent.ts'

/** One meaning with every code by which objects write it: scheme and value. */
export type Concept = readonly (readonly [scheme: string, value: string])[]

const dcm = (value: string): Concept => [['DCM', value]]
/** SNOMED in its old alphanumeric form and its concept identifier. */
const snomed = (srt: string, sct: string): Concept => [
  ['SRT', srt],
  ['SCT', sct],
]

/**
 * The concepts of a CT dose report by code value. Meanings vary between vendors ("X-ray" and "X-Ray", "CTDIVol"),
 * and are never looked at.
 * @see DICOM PS3.16 TID 10011 to 10015, CID 230, 4052, 10013, 10021, 10022
 */
export const CONCEPT = {
  radiationDoseReport: dcm('113701'),
  procedureReported: dcm('121058'),
  computedTomography: snomed('P5-08000', '77477000'),
  hasIntent: snomed('G-C0E8', '363703001'),
  startOfIrradiation: dcm('113809'),
  endOfIrradiation: dcm('113810'),
  scopeOfAccumulation: dcm('113705'),
  studyInstanceUid: dcm('110180'),
  accumulatedDose: dcm('113811'),
  totalEvents: dcm('113812'),
  dlpTotal: dcm('113813'),
  sourceOfDoseInformation: dcm('113854'),
  acquisition: dcm('113819'),
  protocol: dcm('125203'),
  targetRegion: dcm('123014'),
  acquisitionType: dcm('113820'),
  eventUid: dcm('113769'),
  eventLabel: dcm('113605'),
  labelType: dcm('113606'),
  isRepeated: dcm('128551'),
  repeatReason: dcm('128552'),
  parameters: dcm('113822'),
  exposureTime: dcm('113824'),
  scanningLength: dcm('113825'),
  reconstructableLength: dcm('113893'),
  exposedRange: dcm('113899'),
  singleCollimation: dcm('113826'),
  totalCollimation: dcm('113827'),
  pitch: dcm('113828'),
  sourceCount: dcm('113823'),
  xRaySource: dcm('113831'),
  sourceIdentification: dcm('113832'),
  kvp: dcm('113733'),
  maximumCurrent: dcm('113833'),
  current: dcm('113734'),
  rotationTime: dcm('113834'),
  dose: dcm('113829'),
  ctdiVol: dcm('113830'),
  phantomType: dcm('113835'),
  dlp: dcm('113838'),
  modulationType: dcm('113842'),
  comment: dcm('121106'),
  alert: dcm('113900'),
  isDlpAlertConfigured: dcm('113901'),
  isCtdiVolAlertConfigured: dcm('113902'),
  dlpAlert: dcm('113903'),
  ctdiVolAlert: dcm('113904'),
  dlpForwardEstimate: dcm('113905'),
  ctdiVolForwardEstimate: dcm('113906'),
  reasonForProceeding: dcm('113907'),
  notification: dcm('113908'),
  isDlpNotificationConfigured: dcm('113909'),
  isCtdiVolNotificationConfigured: dcm('113910'),
  dlpNotification: dcm('113911'),
  ctdiVolNotification: dcm('113912'),
  dlpNotificationForwardEstimate: dcm('113913'),
  ctdiVolNotificationForwardEstimate: dcm('113914'),
  spiral: [...snomed('P5-08001', '116152004'), ['UMLS', 'C0860888']],
  sequenced: dcm('113804'),
  constantAngle: dcm('113805'),
  stationary: dcm('113806'),
  free: dcm('113807'),
  coneBeam: snomed('R-FB8F1', '702569007'),
  headPhantom: dcm('113690'),
  bodyPhantom: dcm('113691'),
  seriesNumber: dcm('113607'),
  acquisitionNumber: dcm('113608'),
  instanceNumber: dcm('113609'),
  yes: snomed('R-0038D', '373066001'),
  no: snomed('R-00339', '373067005'),
} as const satisfies Readonly<Record<string, Concept>>

/** Designators that older objects write for the same terminology. @see DICOM PS3.16 section 8 */
const SAME_SCHEME: Readonly<Record<string, string>> = { SNM3: 'SRT', '99SDM': 'SRT' }

/** Whether a code stands for a concept, by scheme and value alone. */
export function isConcept(code: DoseCode | undefined, concept: Concept): boolean {
  if (code === undefined) return false
  const scheme = code.scheme.toUpperCase()
  const named = SAME_SCHEME[scheme] ?? scheme
  return concept.some(([known, value]) => known === named && value === code.value)
}
