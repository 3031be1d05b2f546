/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface ExamErrorDetails {
  OUTPUT_NOT_WRITABLE: { readonly reason: string }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface ExamWarningDetails {
  RESEARCH_USE: Readonly<Record<string, never>>
}
