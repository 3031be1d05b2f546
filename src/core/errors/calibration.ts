/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface CalibrationErrorDetails {
  PHANTOM_UNKNOWN: { readonly id: string; readonly known: readonly string[] }
  PHANTOM_FILE_INVALID: { readonly path: string; readonly problem: string }
  CALIBRATION_TOO_FEW_RODS: { readonly found: number; readonly required: number }
  CALIBRATION_ROD_INVALID: { readonly label: string; readonly problem: string }
  CALIBRATION_DEGENERATE: Readonly<Record<string, never>>
  CALIBRATION_NEEDS_WATER_TERM: { readonly phantom: string }
  CALIBRATION_RESIDUAL_TOO_LARGE: { readonly residual: number; readonly limit: number }
  CALIBRATION_SLOPE_IMPLAUSIBLE: { readonly slope: number; readonly low: number; readonly high: number }
  RODS_NOT_FOUND: Readonly<Record<string, never>>
  RODS_AMBIGUOUS: { readonly candidates: readonly string[] }
  RODS_CLICKED_WRONG: { readonly problem: string; readonly expected: readonly string[] }
  ROD_SAMPLES_TOO_FEW: {
    readonly usable: number
    readonly required: number
    readonly excluded: readonly string[]
  }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface CalibrationWarningDetails {
  NO_CALIBRATION: Readonly<Record<string, never>>
  CALIBRATION_RESIDUAL_LARGE: { readonly residual: number; readonly limit: number }
  CALIBRATION_NO_RESIDUAL_CHECK: { readonly phantom: string }
  CALIBRATION_RODS_MISSING: { readonly labels: readonly string[] }
  ROD_EXCLUDED: { readonly label: string; readonly reason: RodFault }
  ROD_NOISY: { readonly label: string; readonly sd: number; readonly typical: number }
  ROD_DRIFT: { readonly label: string; readonly drift: number; readonly limit: number }
  ROD_EDGE_IN_SAMPLE: { readonly label: string; readonly difference: number }
  ROD_POSITION_INFERRED: { readonly labels: readonly string[] }
  ROD_SAMPLE_MOVED: { readonly shift: number }
}

/** Why one rod takes no part in a calibration. */
export type RodFault = 'outside the scanned volume' | 'too few voxels' | 'noise far above the other rods'
