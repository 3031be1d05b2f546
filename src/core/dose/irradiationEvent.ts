import type { StatedQuantity } from './statedQuantity.ts'

/** A code of a coded terminology, as a dose object gives it. Its meaning is for people; nothing is decided by it. */
export interface DoseCode {
  readonly value: string
  readonly scheme: string
  readonly meaning: string
}

/** How the gantry and table moved. @see DICOM PS3.16 CID 10013 */
export const ACQUISITION_TYPES = [
  'spiral',
  'sequenced',
  'constant-angle',
  'stationary',
  'free',
  'cone-beam',
] as const

/** How the gantry and table moved; `constant-angle` is a localizer. @see DICOM PS3.16 CID 10013 */
export type AcquisitionType = (typeof ACQUISITION_TYPES)[number]

/** Diameter of the cylinder a CTDIvol refers to, in cm: head 16, body 32. @see DICOM PS3.16 CID 4052 */
export type PhantomCm = 16 | 32

/** One X-ray tube during an event. */
export interface XRaySource {
  readonly identification?: string
  readonly kvp?: StatedQuantity<'kVp'>
  readonly maximumCurrent?: StatedQuantity<'mA'>
  readonly current?: StatedQuantity<'mA'>
  readonly rotationTime?: StatedQuantity<'s'>
}

/** What Dose Check was set to and foresaw. Who authorised it is not read. @see DICOM PS3.16 TID 10015 */
export interface DoseCheck {
  readonly isDlpConfigured?: boolean
  readonly isCtdiVolConfigured?: boolean
  readonly dlpLimit?: StatedQuantity<'mGy·cm'>
  readonly ctdiVolLimit?: StatedQuantity<'mGy'>
  readonly dlpForwardEstimate?: StatedQuantity<'mGy·cm'>
  readonly ctdiVolForwardEstimate?: StatedQuantity<'mGy'>
  /** Why the operator went on; undefined when nothing was written. */
  readonly reasonForProceeding?: string
}

/** One irradiation of a patient as a dose object states it. Absent means that the object does not say. */
export interface IrradiationEvent {
  /** Empty when the object gives none. */
  readonly eventUid: string
  readonly acquisitionType?: AcquisitionType
  /** The code behind `acquisitionType`, also where it is none that is known. */
  readonly acquisitionTypeCode?: DoseCode
  readonly protocol?: string
  readonly targetRegion?: DoseCode
  /** The number under which the event stands on the scanner, and what it numbers. @see DICOM PS3.16 113605, 113606 */
  readonly label?: {
    readonly text: string
    readonly numbers: 'series' | 'acquisition' | 'instance' | 'unstated'
  }
  readonly isRepeated?: boolean
  readonly repeatReason?: DoseCode
  readonly exposureTime?: StatedQuantity<'s'>
  readonly scanningLength?: StatedQuantity<'mm'>
  readonly reconstructableLength?: StatedQuantity<'mm'>
  readonly exposedRange?: StatedQuantity<'mm'>
  readonly singleCollimation?: StatedQuantity<'mm'>
  readonly totalCollimation?: StatedQuantity<'mm'>
  readonly pitch?: StatedQuantity<'1'>
  readonly sourceCount?: StatedQuantity<'1'>
  readonly sources: readonly XRaySource[]
  readonly ctdiVol?: StatedQuantity<'mGy'>
  readonly dlp?: StatedQuantity<'mGy·cm'>
  readonly phantomCm?: PhantomCm
  readonly phantomCode?: DoseCode
  readonly alert?: DoseCheck
  readonly notification?: DoseCheck
  readonly modulationType?: string
  readonly comment?: string
}

/**
 * Whether an event is a localizer (scout, topogram). Localizers are listed but never numbered, and no dose is
 * reported of them.
 * @see UC-DOSE, Recommendations for Compliance with California Senate Bill 1237 (2012), 2.C.2
 */
export const isLocalizerEvent = ({ acquisitionType }: IrradiationEvent) =>
  acquisitionType === 'constant-angle'
