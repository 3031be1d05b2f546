import type { AreaSource, BodyRegion } from '../dose/anatomicArea.ts'
import type { AcquisitionType, PhantomCm } from '../dose/irradiationEvent.ts'

interface CodedMessage {
  readonly code: string
  readonly message: string
}

/** One irradiation event as the report reads it, in the record's field names. */
export interface ReportDoseEvent {
  /** Null for a localizer. */
  readonly exposureEvent: number | null
  readonly series: string | null
  readonly protocol: string | null
  readonly acquisitionType: AcquisitionType | null
  readonly anatomicArea: readonly BodyRegion[] | null
  readonly areaSource: AreaSource | 'person' | null
  readonly phantomCm: PhantomCm | null
  readonly phantomSource: 'dose object' | 'person' | null
  readonly ctdiVolMgy: number | null
  readonly ctdiVolDigits: string | null
  readonly dlpMgyCm: number | null
  readonly dlpDigits: string | null
  readonly source: string | null
  readonly doubts: readonly CodedMessage[]
}

/** What the dose section reads of a record: whose exam, and what its dose objects state. */
export interface ReportDoseInput {
  readonly inputs: {
    readonly patient: { readonly patientName: string | null; readonly patientId: string | null }
  }
  readonly results: {
    readonly dose: {
      readonly events: readonly ReportDoseEvent[]
      readonly warnings: readonly CodedMessage[]
    } | null
  }
}
