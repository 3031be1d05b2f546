/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface SpineErrorDetails {
  SEED_OUTSIDE_VOLUME: { readonly level: string }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface SpineWarningDetails {
  VOI_CLIPPED: { readonly level: string }
}
