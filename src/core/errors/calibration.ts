/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface CalibrationErrorDetails {
  PHANTOM_UNKNOWN: { readonly id: string; readonly known: readonly string[] }
  PHANTOM_ID_TAKEN: { readonly id: string }
  PHANTOM_FILE_INVALID: { readonly path: string; readonly problem: string }
  MINERAL_CONVERSION_INVALID: { readonly path: string; readonly problem: string }
  MINERAL_CONVERSION_OTHER: {
    readonly fact: 'phantom' | 'kvp'
    readonly found: string
    readonly needed: string
  }
  CALIBRATION_TOO_FEW_RODS: { readonly found: number; readonly required: number }
  CALIBRATION_ROD_INVALID: { readonly label: string; readonly problem: string }
  CALIBRATION_DEGENERATE: Readonly<Record<string, never>>
  CALIBRATION_NEEDS_WATER_TERM: { readonly phantom: string }
  CALIBRATION_RESIDUAL_TOO_LARGE: { readonly residual: number; readonly limit: number }
  CALIBRATION_SLOPE_IMPLAUSIBLE: { readonly slope: number; readonly low: number; readonly high: number }
  RODS_NOT_FOUND: Readonly<Record<string, never>>
  PHANTOM_NAME_UNSURE: { readonly phantom: string; readonly residual: number; readonly limit: number }
  RODS_AMBIGUOUS: { readonly candidates: readonly string[] }
  RODS_CLICKED_WRONG: { readonly problem: string; readonly expected: readonly string[] }
  ROD_SAMPLES_TOO_FEW: {
    readonly usable: number
    readonly required: number
    readonly excluded: readonly string[]
  }
  MASS_ATTENUATION_OUT_OF_RANGE: { readonly energy: number; readonly low: number; readonly high: number }
  TISSUE_FILE_INVALID: { readonly path: string; readonly problem: string }
  TISSUE_INPUTS_MISSING: Readonly<Record<string, never>>
  TISSUE_REGIONS_MISSING: Readonly<Record<string, never>>
  TISSUE_KVP_NOT_STATED: { readonly needed: number }
  TISSUE_REFERENCE_UNVERIFIED: { readonly citation: string }
  TISSUE_REFERENCE_MISSING: { readonly tissues: readonly string[] }
  TISSUE_REFERENCE_OTHER_SCANNER: { readonly found: string; readonly needed: string }
  TISSUE_REFERENCE_OTHER_KVP: { readonly found: number; readonly needed: number }
  TISSUE_REGION_NOT_FOUND: { readonly tissue: string; readonly reason: TissueRegionFault }
  TISSUE_SAMPLE_INVALID: { readonly tissue: string; readonly problem: string }
  TISSUES_TOO_FEW: { readonly found: number; readonly required: number }
  TISSUES_COLLINEAR: { readonly tissues: readonly string[]; readonly span: number; readonly required: number }
  TISSUES_NOT_MONOTONIC: { readonly lower: string; readonly upper: string; readonly found: readonly number[] }
  TISSUE_ENERGY_OUT_OF_RANGE: { readonly energy: number; readonly low: number; readonly high: number }
  TISSUE_ENERGY_IMPLAUSIBLE: {
    readonly energy: number
    readonly kvp: number
    readonly low: number
    readonly high: number
  }
  TISSUE_SLOPE_IMPLAUSIBLE: { readonly slope: number; readonly low: number; readonly high: number }
  TISSUE_PAIRS_TOO_FEW: { readonly found: number; readonly required: number }
  TISSUE_PAIRS_MIXED: { readonly fact: string; readonly found: readonly string[] }
  TISSUE_PAIR_OTHER: { readonly fact: string; readonly found: string; readonly needed: string }
  TISSUE_PAIR_AGENT: { readonly agent: string }
  TISSUE_PAIR_CONTRAST: { readonly found: number; readonly limit: number }
  TISSUE_PAIR_AORTA_UNSEEN: Readonly<Record<string, never>>
  TISSUE_PAIR_REPEATED: Readonly<Record<string, never>>
  HU_ONLY_REFUSED: { readonly condition: HuOnlyCondition; readonly found: string; readonly needed: string }
  HU_ONLY_INPUT_INVALID: { readonly problem: string }
  PHANTOM_SCAN_KEY_MISSING: { readonly missing: readonly string[] }
  PHANTOM_SCAN_KVP_MIXED: { readonly found: readonly string[] }
  PHANTOM_SERIAL_DIFFERS: { readonly found: string; readonly certificate: string }
  QUALITY_OTHER_SCAN: { readonly differences: readonly string[] }
  QUALITY_NOT_JUDGEABLE: { readonly least: number }
  ASYNCHRONOUS_FILE_INVALID: { readonly path: string; readonly problem: string }
  ASYNCHRONOUS_NOT_GIVEN: Readonly<Record<string, never>>
  ASYNCHRONOUS_NONE_KEPT: { readonly model: string; readonly kvp: string }
  ASYNCHRONOUS_REFUSED: { readonly reasons: readonly string[] }
  DUAL_ENERGY_NOT_GIVEN: Readonly<Record<string, never>>
  DUAL_ENERGY_FILE_INVALID: { readonly path: string; readonly problem: string }
  DUAL_ENERGY_SERIES_DIFFER: { readonly problem: string }
  DUAL_ENERGY_OTHER_PAIR: { readonly found: string; readonly needed: string }
  DUAL_ENERGY_RODS_INVALID: { readonly problem: string }
  DUAL_ENERGY_BASIS_ALIKE: { readonly separation: number; readonly required: number }
  DUAL_ENERGY_INPUT_INVALID: { readonly problem: string }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface CalibrationWarningDetails {
  NO_CALIBRATION: Readonly<Record<string, never>>
  PHANTOM_DENSITIES_GIVEN: {
    readonly phantom: string
    readonly serials: readonly string[]
    readonly source: string
  }
  MINERAL_CONVERTED: {
    readonly from: string
    readonly to: string
    readonly kvp: number
    readonly slope: number
    readonly intercept: number
    readonly source: string
  }
  CALIBRATION_RESIDUAL_LARGE: { readonly residual: number; readonly limit: number }
  CALIBRATION_NO_RESIDUAL_CHECK: { readonly phantom: string }
  CALIBRATION_RODS_MISSING: { readonly labels: readonly string[] }
  ROD_EXCLUDED: { readonly label: string; readonly reason: RodFault }
  ROD_NOISY: { readonly label: string; readonly sd: number; readonly typical: number }
  ROD_DRIFT: { readonly label: string; readonly drift: number; readonly limit: number }
  ROD_EDGE_IN_SAMPLE: { readonly label: string; readonly difference: number }
  ROD_POSITION_INFERRED: { readonly labels: readonly string[] }
  ROD_SAMPLE_MOVED: { readonly shift: number }
  PHANTOM_NOT_OF_CERTIFICATE: { readonly serial: string; readonly serials: readonly string[] }
  QUALITY_DEVIATION: { readonly label: string; readonly deviationPercent: number; readonly limit: number }
  QUALITY_RESIDUAL_LARGE: { readonly residual: number; readonly limit: number }
  QUALITY_RODS_NOT_COMPARED: { readonly labels: readonly string[] }
  QUALITY_NOISY: { readonly labels: readonly string[] }
  QUALITY_SETTING_DIFFERS: { readonly difference: string }
  TISSUE_IMPLAUSIBLE: {
    readonly tissue: string
    readonly found: number
    readonly low: number
    readonly high: number
  }
  TISSUE_CONTRAST_SUSPECTED: { readonly found: number; readonly limit: number }
  TISSUE_RESIDUAL_LARGE: { readonly tissue: string; readonly residual: number; readonly limit: number }
  TISSUES_CONTRADICT: { readonly found: number; readonly limit: number }
  TISSUE_REGION_SMALL: { readonly site: string; readonly found: number; readonly required: number }
  TISSUE_REGION_UNEVEN: { readonly site: string; readonly sd: number; readonly limit: number }
  TISSUE_REGION_STRAY: { readonly site: string; readonly percent: number; readonly limit: number }
  TISSUE_REGIONS_DIFFER: {
    readonly site: string
    readonly difference: number
    readonly other: string
    readonly limit: number
  }
  TISSUE_SCANNER_NOT_STATED: { readonly needed: string }
  TISSUE_AIR_CLIPPED: { readonly percent: number }
  TISSUE_EXTRAPOLATED: { readonly found: number; readonly low: number; readonly high: number }
  ASYNCHRONOUS_DIFFERENCE: { readonly reason: string }
  HU_ONLY_CONTRAST: { readonly evidence: string }
  HU_ONLY_CUT_UNCERTAIN: { readonly cuts: readonly number[] }
  DUAL_ENERGY_SATURATED: { readonly series: string; readonly voxels: number; readonly limit: number }
  DUAL_ENERGY_NO_RESIDUAL_CHECK: Readonly<Record<string, never>>
}

/** Why one rod takes no part in a calibration. */
export type RodFault = 'outside the scanned volume' | 'too few voxels' | 'noise far above the other rods'

/** Why no region of a tissue could be placed. */
export type TissueRegionFault =
  | 'no vertebral body in the scan'
  | 'no skin with clean air before it in the field'
  | 'the fat under free skin is too thin'
  | 'no even muscle beside the spine'
  | 'no round vessel before the spine'
  | 'no cortex thicker than the blur of the scan near the lumbar spine'

/** What a scan must be for the attenuation of L1 to be stated alone. */
export type HuOnlyCondition = 'tube voltage' | 'one tube voltage throughout' | 'kind of image' | 'level'
