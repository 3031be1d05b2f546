import { doseReportFile, type WrittenDoseEvent } from '../dicom/write/doseReportFile.ts'
import type { WrittenStudy } from '../dicom/write/studyElements.ts'
import type { ExamParameters } from './examParameterSchema.ts'

/** What the digital scanner states of one irradiation; localizers have no number. */
export interface DemoDoseEvent {
  readonly exposureEvent: number | null
  readonly seriesNumber: number
  readonly acquisitionType: 'constant-angle' | 'spiral'
  readonly phantomCm: 32
  readonly ctdiVolMgy: number
  readonly dlpMgyCm: number
  readonly scanningLengthMm: number
  /** Only for the second spiral of a dual-energy pair; the others have the scanner's. */
  readonly kvp?: number | undefined
}

/** How the digital scanner scans: choices of this generator, of no meaning beyond it. */
const SPIRAL = { pitch: 0.9, singleCollimationMm: 0.6, totalCollimationMm: 38.4 } as const
const LOCALIZER = { singleCollimationMm: 0.6, totalCollimationMm: 3.6, tableSpeedMmPerS: 100 } as const
const FIRST_XRAY = '090100'
const LAST_XRAY = '090330'
const DOSE_DIGITS = 2
const MM_PER_CM = 10

const rounded = (value: number) => Number(value.toFixed(DOSE_DIGITS))

/**
 * The irradiations of a digital exam in their order: the localizer, then the spiral that all reconstructions of a
 * voltage share. The second spiral of a dual-energy pair states the same dose as the first.
 */
export function examDose({
  acquisition: a,
  dose,
  dualEnergy,
}: ExamParameters): readonly DemoDoseEvent[] | null {
  if (dose === null) return null
  const imagedMm = (a.sliceCount - 1) * a.sliceSpacingMm + a.sliceThicknessMm
  const event = (ctdiVolMgy: number, lengthMm: number) => ({
    phantomCm: 32 as const,
    ctdiVolMgy: rounded(ctdiVolMgy),
    dlpMgyCm: rounded((ctdiVolMgy * lengthMm) / MM_PER_CM),
    scanningLengthMm: rounded(lengthMm),
  })
  const spiral = {
    acquisitionType: 'spiral' as const,
    ...event(dose.ctdiVolMgy, imagedMm + dose.overrangeMm),
  }
  const events: DemoDoseEvent[] = [
    {
      exposureEvent: null,
      seriesNumber: 1,
      acquisitionType: 'constant-angle',
      ...event(dose.localizerCtdiVolMgy, imagedMm),
    },
    { exposureEvent: 1, seriesNumber: 2, ...spiral },
  ]
  if (dualEnergy !== undefined)
    events.push({ exposureEvent: 2, seriesNumber: 4, ...spiral, kvp: dualEnergy.kvp })
  return events
}

/** What the dose report shares with the images of the exam. */
export interface DemoDoseReport {
  readonly study: WrittenStudy
  readonly uid: (role: string) => string
  readonly seriesNumber: number
  readonly kvp: number
  readonly tubeCurrentMa: number
  readonly localizerCurrentMa: number
  readonly rotationTimeS: number
}

/** Role by which the UID of an irradiation is formed; images and dose report name the same. */
export const eventRole = ({ acquisitionType, kvp }: Pick<DemoDoseEvent, 'acquisitionType' | 'kvp'>) =>
  `irradiation/${acquisitionType}${kvp === undefined ? '' : `/${kvp}`}`

function writtenEvent(event: DemoDoseEvent, report: DemoDoseReport): WrittenDoseEvent {
  const isSpiral = event.acquisitionType === 'spiral'
  const { pitch, ...collimation } = SPIRAL
  const { tableSpeedMmPerS, ...narrow } = LOCALIZER
  const mmPerS = isSpiral ? (pitch * collimation.totalCollimationMm) / report.rotationTimeS : tableSpeedMmPerS
  const currentMa = isSpiral ? report.tubeCurrentMa : report.localizerCurrentMa
  return {
    eventUid: report.uid(eventRole(event)),
    acquisitionType: event.acquisitionType,
    protocol: isSpiral ? 'Spine QCT' : 'Localizer',
    targetRegion: ['SCT', '122496007', 'Lumbar spine'],
    seriesNumber: event.seriesNumber,
    exposureTimeS: rounded(event.scanningLengthMm / mmPerS),
    scanningLengthMm: event.scanningLengthMm,
    ...(isSpiral ? { ...collimation, pitch, rotationTimeS: report.rotationTimeS } : narrow),
    kvp: event.kvp ?? report.kvp,
    maximumTubeCurrentMa: currentMa,
    tubeCurrentMa: currentMa,
    ctdiVolDigits: event.ctdiVolMgy.toFixed(DOSE_DIGITS),
    dlpDigits: event.dlpMgyCm.toFixed(DOSE_DIGITS),
    phantomCm: event.phantomCm,
  }
}

/** The dose report (RDSR) of a digital exam as a DICOM file. */
export function demoDoseReport(events: readonly DemoDoseEvent[], report: DemoDoseReport): Uint8Array {
  const { study, uid } = report
  const day = study.studyDate.replaceAll('-', '')
  return doseReportFile({
    study,
    sopInstanceUid: uid('dose report'),
    seriesInstanceUid: uid('series/dose report'),
    seriesNumber: report.seriesNumber,
    seriesDescription: 'Dose Report',
    deviceUid: uid('scanner'),
    irradiationStart: day + FIRST_XRAY,
    irradiationEnd: day + LAST_XRAY,
    source: ['DCM', '113856', 'Automated Data Collection'],
    dlpTotalDigits: events.reduce((sum, { dlpMgyCm }) => sum + dlpMgyCm, 0).toFixed(DOSE_DIGITS),
    events: events.map((event) => writtenEvent(event, report)),
  })
}
