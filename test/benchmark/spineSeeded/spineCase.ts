/** What one digital exam showed. Errors are measured minus true. */
export interface SpineCase {
  readonly index: number
  readonly phantom: string
  readonly kvp: number
  readonly thicknessMm: number
  readonly noiseSdHu: number
  readonly seconds: { readonly generate: number; readonly analyze: number }
  readonly status: string
  /** Code of the refusal, or null. */
  readonly refusal: string | null
  readonly phantomFound: string | null
  /** Every rod found, within 2 mm of its true axis, under its true label. */
  readonly rodsRight: boolean
  readonly levels: readonly SpineCaseLevel[]
  /** Codes of warnings that nothing in the exam's parameters calls for. */
  readonly falseWarnings: readonly string[]
  readonly thickSliceWarned: boolean
}

/** What one vertebra of it showed. */
export interface SpineCaseLevel {
  readonly level: string
  readonly refusal: string | null
  readonly truth: number
  readonly vbmd: number | null
  readonly error: number
  /** Standard error of the ROI's own noise, in mg/cm³. */
  readonly noise: number
  /** Part of the error beyond two standard errors of the noise. */
  readonly excess: number
  /** Half-width of the 95 % interval as printed. */
  readonly uncertainty: number
  readonly centerMm: number
  readonly tiltDeg: number
}
