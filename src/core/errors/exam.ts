/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface ExamErrorDetails {
  OUTPUT_NOT_WRITABLE: { readonly reason: string }
  OUTPUT_FOREIGN: { readonly file: string }
  INPUT_NOT_READABLE: { readonly reason: string }
  OPTION_INVALID: { readonly option: string; readonly problem: string }
  JSON_INVALID: { readonly file: string; readonly problem: string }
  ROI_FILE_INVALID: { readonly path: string; readonly problem: string }
  PATIENT_FILE_INVALID: { readonly path: string; readonly problem: string }
  RECORD_INVALID: { readonly path: string; readonly problem: string }
  RECORD_TOO_NEW: { readonly found: number; readonly known: number }
  RECORD_NOT_CANONICAL: { readonly problem: string }
  SERIES_UNKNOWN: { readonly known: number }
  NO_EVALUABLE_LEVEL: { readonly levels: readonly string[]; readonly codes: readonly string[] }
  LEVEL_EXCLUDED: { readonly level: string; readonly reason: string }
  SIGNING_REFUSED: { readonly problem: string }
  SIGNATURE_BROKEN: { readonly number: number }
  LEVEL_WITHOUT_SEED: { readonly level: string; readonly given: readonly string[] }
  LEVEL_NOT_FOUND: { readonly level: string; readonly found: readonly string[] }
  DEMO_PARAMETERS_INVALID: { readonly path: string; readonly problem: string }
  CANCELLED: Readonly<Record<string, never>>
  UNEXPECTED: { readonly problem: string }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface ExamWarningDetails {
  RESEARCH_USE: Readonly<Record<string, never>>
  KVP_NOT_120: { readonly kvp: number }
  KVP_UNKNOWN: Readonly<Record<string, never>>
  SLICES_THICK: { readonly thickness: number; readonly limit: number }
  SLICES_GAPPED: { readonly thickness: number; readonly spacing: number }
  CONTRAST_AGENT: { readonly agent: string }
  CONTRAST_UNKNOWN: Readonly<Record<string, never>>
  LEVEL_REFUSED: { readonly level: string; readonly reason: string }
  CATEGORY_HA_PHANTOM: { readonly mineral: string }
  PATIENT_FACTS_DIFFER: { readonly fact: string }
  VOI_NOT_UNIFORM: { readonly mean: number; readonly median: number }
  PHANTOM_NOT_USED: { readonly reason: string }
  INPUT_KEY_UNKNOWN: { readonly file: string; readonly keys: readonly string[] }
}
