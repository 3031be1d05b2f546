import type { DataElement } from './dataElement.ts'
import { part10File } from './part10File.ts'
import {
  coded,
  container,
  dateTime,
  measured,
  type PlacedItem,
  rootContainer,
  text,
  uidReference,
  type WrittenCode,
  type WrittenItem,
} from './srContentItem.ts'
import { dicomDate, studyElements, type WrittenStudy } from './studyElements.ts'

/** One irradiation event to write. Digits of a dose are written as they are given: `6.40` stays `6.40`. */
export interface WrittenDoseEvent {
  readonly eventUid: string
  readonly acquisitionType: 'spiral' | 'sequenced' | 'constant-angle' | 'stationary'
  readonly protocol: string
  readonly targetRegion: WrittenCode
  /** Number of the series under which the scanner lists the event. */
  readonly seriesNumber: number
  readonly exposureTimeS: number
  readonly scanningLengthMm: number
  readonly singleCollimationMm: number
  readonly totalCollimationMm: number
  /** Of a spiral. */
  readonly pitch?: number
  readonly kvp: number
  readonly maximumTubeCurrentMa: number
  readonly tubeCurrentMa: number
  /** Absent for a localizer: nothing rotates. */
  readonly rotationTimeS?: number
  readonly ctdiVolDigits: string
  readonly dlpDigits: string
  readonly phantomCm: 16 | 32
}

/** A CT dose report to write. */
export interface WrittenDoseReport {
  readonly study: WrittenStudy
  readonly sopInstanceUid: string
  readonly seriesInstanceUid: string
  readonly seriesNumber: number
  readonly seriesDescription: string
  /** Of the scanner, as an observer. */
  readonly deviceUid: string
  /** DICOM date-times of first and last X-ray. */
  readonly irradiationStart: string
  readonly irradiationEnd: string
  /** Where the numbers come from, a code of CID 10021. */
  readonly source: WrittenCode
  readonly dlpTotalDigits: string
  readonly events: readonly WrittenDoseEvent[]
}

const DOSE_REPORT_STORAGE = '1.2.840.10008.5.1.4.1.1.88.67'
const dcm = (value: string, meaning: string): WrittenCode => ['DCM', value, meaning]
const contains = (item: WrittenItem): PlacedItem => ['CONTAINS', item]
const context = (item: WrittenItem): PlacedItem => ['HAS OBS CONTEXT', item]

const ACQUISITION_TYPES: Readonly<Record<WrittenDoseEvent['acquisitionType'], WrittenCode>> = {
  spiral: ['SCT', '116152004', 'Spiral Acquisition'],
  sequenced: dcm('113804', 'Sequenced Acquisition'),
  'constant-angle': dcm('113805', 'Constant Angle Acquisition'),
  stationary: dcm('113806', 'Stationary Acquisition'),
}
const PHANTOMS: Readonly<Record<16 | 32, WrittenCode>> = {
  16: dcm('113690', 'IEC Head Dosimetry Phantom'),
  32: dcm('113691', 'IEC Body Dosimetry Phantom'),
}
const DLP_UNIT = 'mGy.cm'

/** @see DICOM PS3.16 TID 10013: CT X-Ray Source Parameters */
const sourceParameters = (event: WrittenDoseEvent): WrittenItem =>
  container(dcm('113831', 'CT X-Ray Source Parameters'), [
    contains(text(dcm('113832', 'Identification of the X-Ray Source'), 'A')),
    contains(measured(dcm('113733', 'KVP'), event.kvp, 'kV')),
    contains(measured(dcm('113833', 'Maximum X-Ray Tube Current'), event.maximumTubeCurrentMa, 'mA')),
    contains(measured(dcm('113734', 'X-Ray Tube Current'), event.tubeCurrentMa, 'mA')),
    ...(event.rotationTimeS === undefined
      ? []
      : [contains(measured(dcm('113834', 'Exposure Time per Rotation'), event.rotationTimeS, 's'))]),
  ])

/** @see DICOM PS3.16 TID 10013, 10014 */
const acquisitionParameters = (event: WrittenDoseEvent): WrittenItem =>
  container(dcm('113822', 'CT Acquisition Parameters'), [
    contains(measured(dcm('113824', 'Exposure Time'), event.exposureTimeS, 's')),
    contains(measured(dcm('113825', 'Scanning Length'), event.scanningLengthMm, 'mm')),
    contains(measured(dcm('113826', 'Nominal Single Collimation Width'), event.singleCollimationMm, 'mm')),
    contains(measured(dcm('113827', 'Nominal Total Collimation Width'), event.totalCollimationMm, 'mm')),
    ...(event.pitch === undefined
      ? []
      : [contains(measured(dcm('113828', 'Pitch Factor'), event.pitch, '{ratio}', 'ratio'))]),
    contains(measured(dcm('113823', 'Number of X-Ray Sources'), 1, '{X-Ray sources}', 'X-Ray sources')),
    contains(sourceParameters(event)),
  ])

const dose = (event: WrittenDoseEvent): WrittenItem =>
  container(dcm('113829', 'CT Dose'), [
    contains(measured(dcm('113830', 'Mean CTDIvol'), event.ctdiVolDigits, 'mGy')),
    contains(coded(dcm('113835', 'CTDIw Phantom Type'), PHANTOMS[event.phantomCm])),
    contains(measured(dcm('113838', 'DLP'), event.dlpDigits, DLP_UNIT)),
  ])

/** @see DICOM PS3.16 TID 1021 */
function irradiatingDevice({ study, deviceUid }: WrittenDoseReport): WrittenItem {
  const property = (item: WrittenItem): PlacedItem => ['HAS PROPERTIES', item]
  return coded(dcm('113876', 'Device Role in Procedure'), dcm('113859', 'Irradiating Device'), [
    property(text(dcm('113877', 'Device Name'), study.stationName)),
    property(text(dcm('113878', 'Device Manufacturer'), study.manufacturer)),
    property(text(dcm('113879', 'Device Model Name'), study.manufacturerModelName)),
    property(text(dcm('113880', 'Device Serial Number'), study.deviceSerialNumber)),
    property(uidReference(dcm('121012', 'Device Observer UID'), deviceUid)),
  ])
}

const acquisition = (event: WrittenDoseEvent, report: WrittenDoseReport): WrittenItem =>
  container(dcm('113819', 'CT Acquisition'), [
    contains(text(dcm('125203', 'Acquisition Protocol'), event.protocol)),
    contains(coded(dcm('123014', 'Target Region'), event.targetRegion)),
    contains(coded(dcm('113820', 'CT Acquisition Type'), ACQUISITION_TYPES[event.acquisitionType])),
    contains(coded(['SCT', '408730004', 'Procedure Context'], ['SCT', '399331006', 'CT without contrast'])),
    contains(uidReference(dcm('113769', 'Irradiation Event UID'), event.eventUid)),
    contains(
      text(dcm('113605', 'Irradiation Event Label'), String(event.seriesNumber), [
        ['HAS CONCEPT MOD', coded(dcm('113606', 'Label Type'), dcm('113607', 'Series Number'))],
      ]),
    ),
    contains(acquisitionParameters(event)),
    contains(dose(event)),
    contains(irradiatingDevice(report)),
  ])

/** @see DICOM PS3.16 TID 1002, 1004 */
const observer = ({ study, deviceUid }: WrittenDoseReport): PlacedItem[] => [
  context(coded(dcm('121005', 'Observer Type'), dcm('121007', 'Device'))),
  context(uidReference(dcm('121012', 'Device Observer UID'), deviceUid)),
  context(text(dcm('121013', 'Device Observer Name'), study.stationName)),
  context(text(dcm('121014', 'Device Observer Manufacturer'), study.manufacturer)),
  context(text(dcm('121015', 'Device Observer Model Name'), study.manufacturerModelName)),
  context(text(dcm('121016', 'Device Observer Serial Number'), study.deviceSerialNumber)),
]

/** @see DICOM PS3.16 TID 10011, 10012 */
const content = (report: WrittenDoseReport): WrittenItem =>
  rootContainer(dcm('113701', 'X-Ray Radiation Dose Report'), '10011', [
    [
      'HAS CONCEPT MOD',
      coded(
        dcm('121058', 'Procedure reported'),
        ['SCT', '77477000', 'Computed Tomography X-Ray'],
        [
          [
            'HAS CONCEPT MOD',
            coded(['SCT', '363703001', 'Has Intent'], ['SCT', '261004008', 'Diagnostic Intent']),
          ],
        ],
      ),
    ],
    ...observer(report),
    context(dateTime(dcm('113809', 'Start of X-Ray Irradiation'), report.irradiationStart)),
    context(dateTime(dcm('113810', 'End of X-Ray Irradiation'), report.irradiationEnd)),
    context(
      coded(dcm('113705', 'Scope of Accumulation'), dcm('113014', 'Study'), [
        ['HAS PROPERTIES', uidReference(dcm('110180', 'Study Instance UID'), report.study.studyInstanceUid)],
      ]),
    ),
    contains(
      container(dcm('113811', 'CT Accumulated Dose Data'), [
        contains(
          measured(
            dcm('113812', 'Total Number of Irradiation Events'),
            report.events.length,
            '{events}',
            'events',
          ),
        ),
        contains(measured(dcm('113813', 'CT Dose Length Product Total'), report.dlpTotalDigits, DLP_UNIT)),
      ]),
    ),
    ...report.events.map((event) => contains(acquisition(event, report))),
    contains(coded(dcm('113854', 'Source of Dose Information'), report.source)),
  ])

/**
 * Forms the DICOM file of a CT dose report: X-Ray Radiation Dose SR by template 10011, current codes (SCT, DCM, UCUM).
 *
 * @throws {RangeError} When a dose is no plain decimal, or a value cannot be encoded.
 * @see DICOM PS3.3 A.35.8; PS3.16 TID 10011
 */
export function doseReportFile(report: WrittenDoseReport): Uint8Array {
  const { study } = report
  const elements: DataElement[] = [
    ...studyElements(study),
    [0x00080016, 'UI', DOSE_REPORT_STORAGE],
    [0x00080018, 'UI', report.sopInstanceUid],
    [0x00080023, 'DA', dicomDate(study.studyDate)],
    [0x00080033, 'TM', report.irradiationEnd.slice(8, 14)],
    [0x00080060, 'CS', 'SR'],
    [0x0008103e, 'LO', report.seriesDescription],
    [0x00081111, 'SQ', []],
    [0x0020000e, 'UI', report.seriesInstanceUid],
    [0x00200011, 'IS', report.seriesNumber],
    [0x00200013, 'IS', 1],
    [0x0040a372, 'SQ', []],
    [0x0040a491, 'CS', 'COMPLETE'],
    [0x0040a493, 'CS', 'UNVERIFIED'],
    ...content(report),
  ]
  return part10File(elements)
}
