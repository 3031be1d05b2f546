type Nothing = Readonly<Record<string, never>>

/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface DoseErrorDetails {
  DOSE_REPORT_NOT_CT: { readonly found: string }
  DOSE_REPORT_NOT_DOSE: Nothing
  DOSE_REPORT_WITHOUT_EVENTS: Nothing
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface DoseWarningDetails {
  DOSE_NUMBER_UNREADABLE: { readonly quantity: string; readonly found: string }
  DOSE_UNIT_UNKNOWN: { readonly quantity: string; readonly found: string }
  DOSE_VALUE_MISSING: { readonly quantity: string }
  DOSE_VALUE_ZERO: { readonly quantity: string }
  DOSE_VALUE_REPEATED: { readonly quantity: string }
  DOSE_ACQUISITION_TYPE_UNKNOWN: { readonly found: string }
  DOSE_PHANTOM_NOT_STATED: Nothing
  DOSE_PHANTOM_UNKNOWN: { readonly found: string }
  DOSE_LENGTH_IMPLAUSIBLE: { readonly implied: number; readonly stated: number }
  DOSE_TIME_IMPLAUSIBLE: { readonly stated: number; readonly expected: number }
  DOSE_TEXT_ENCODING: Nothing
  DOSE_EVENT_UID_MISSING: { readonly events: number }
  DOSE_EVENT_UID_REPEATED: { readonly events: number }
  DOSE_EVENTS_DIFFER: { readonly events: number }
  DOSE_EVENTS_MISSING: { readonly stated: number; readonly found: number }
  DOSE_TOTALS_MISSING: Nothing
  DOSE_TOTAL_DIFFERS: { readonly stated: number; readonly sum: number }
  DOSE_PHANTOMS_MIXED: Nothing
  DOSE_REPORT_UNREADABLE: { readonly files: number }
  DOSE_REPORT_PARTIAL: Nothing
  DOSE_REPORT_OTHER_PATIENT: { readonly facts: readonly string[] }
  DOSE_REPORT_OTHER_STUDY: Nothing
  DOSE_REPORT_IDENTITY_UNPROVEN: Nothing
}
