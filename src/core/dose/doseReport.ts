import type { QctWarning } from '../errors.ts'
import type { DoseCode, IrradiationEvent } from './irradiationEvent.ts'
import type { StatedQuantity } from './statedQuantity.ts'

/** Whose dose and which study: what must agree before a dose object speaks for an exam. Empty means not stated. */
export interface DoseSubject {
  readonly patientId: string
  readonly patientName: string
  /** ISO date. */
  readonly patientBirthDate: string
  readonly patientSex: string
  readonly studyInstanceUid: string
}

/** An event with the doubts that concern it alone. */
export interface ReadEvent {
  readonly event: IrradiationEvent
  readonly doubts: readonly QctWarning[]
}

/** One dose object as it was read: whose it is, its events, and what speaks against it. */
export interface DoseReport {
  readonly sopInstanceUid: string
  readonly sopClassUid: string
  readonly subject: DoseSubject
  readonly accessionNumber: string
  readonly studyDescription: string
  readonly manufacturer: string
  readonly manufacturerModelName: string
  /** Date and time the object was made, as DICOM writes them, date first; sorts as text. */
  readonly contentDateTime: string
  /** First and last X-ray of the scope, as DICOM writes a date-time; empty when not stated. */
  readonly irradiationStart: string
  readonly irradiationEnd: string
  /** Study Instance UIDs the object says its dose was accumulated over. */
  readonly scopeStudyUids: readonly string[]
  readonly intent?: DoseCode
  /** Where the numbers come from: 113856 the scanner itself, 113866 image headers, 113868 a sheet. @see DICOM PS3.16 CID 10021 */
  readonly source?: DoseCode
  /** Number of events and DLP the object itself adds up, localizers included or not as the vendor likes. Never reported. */
  readonly statedEvents?: StatedQuantity<'1'>
  readonly statedDlpTotal?: StatedQuantity<'mGy·cm'>
  readonly statedDlpTotalPhantom?: DoseCode
  /** In the order of the object. */
  readonly events: readonly ReadEvent[]
  readonly warnings: readonly QctWarning[]
}
