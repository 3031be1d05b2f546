/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface GeometryErrorDetails {
  GEOMETRY_ONE_SLICE: { readonly found: number; readonly required: number }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface GeometryWarningDetails {
  SLICE_SPACING_RESAMPLED: { readonly low: number; readonly high: number; readonly spacing: number }
}
