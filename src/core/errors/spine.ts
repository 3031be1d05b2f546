import type { VertebralLevel } from '../units.ts'

/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface SpineErrorDetails {
  SEED_OUTSIDE_VOLUME: Readonly<Record<string, never>>
  SEED_NOT_IN_BONE: { readonly reason: SeedFault }
  SPINAL_CANAL_NOT_FOUND: Readonly<Record<string, never>>
  ENDPLATES_NOT_FOUND: { readonly endplate: 'upper' | 'lower' | 'both' }
  BODY_WALL_NOT_FOUND: Readonly<Record<string, never>>
  BODY_AT_VOLUME_EDGE: { readonly side: 'upper' | 'lower' | 'lateral' }
  BODY_IMPLAUSIBLE: {
    readonly quantity: 'height' | 'width' | 'depth'
    readonly found: number
    readonly low: number
    readonly high: number
  }
  VOI_DOES_NOT_FIT: { readonly depth: number; readonly required: number }
  VOI_OUTSIDE_VOLUME: { readonly percent: number; readonly limit: number }
  LEVELS_NOT_NAMED: { readonly bodies: number; readonly reason: NamingDoubt }
  SPINE_NOT_FOUND: Readonly<Record<string, never>>
}

/** Why a point cannot be the seed of a vertebral body. */
export type SeedFault = 'air' | 'metal' | 'no measured voxels' | 'no bone around it'

/** Why bodies that were found could not be given their names. */
export type NamingDoubt =
  | 'no sacrum and no last ribs'
  | 'no sacrum in the scan'
  | 'evidence contradicts itself'
  | 'a body was missed'

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface SpineWarningDetails {
  VOI_CLIPPED: { readonly factor: number }
  VOI_NEAR_ENDPLATE: { readonly clearance: number }
  VOI_CUT_BY_VOLUME: { readonly percent: number }
  SLICES_THICK_FOR_VOI: { readonly spacing: number }
  ENDPLATE_IRREGULAR: { readonly endplate: 'upper' | 'lower'; readonly residual: number }
  ENDPLATES_DOUBTFUL: { readonly percent: number }
  ENDPLATES_NOT_PARALLEL: { readonly angle: number }
  BODY_ASYMMETRIC: { readonly difference: number }
  BODY_WALL_UNCERTAIN: { readonly share: number }
  BODY_SIZE_UNUSUAL: { readonly quantity: 'height' | 'width' | 'depth'; readonly found: number }
  LEVEL_TILT_LARGE: { readonly tilt: number }
  MEAN_NEEDS_TWO_LEVELS: { readonly found: number; readonly required: number }
  MEAN_MIXES_MINERALS: Readonly<Record<string, never>>
  CATEGORY_UNCERTAIN: { readonly cuts: readonly number[] }
  LEVELS_FROM_ONE_EVIDENCE: {
    readonly evidence: 'sacrum' | 'last ribs'
    readonly levels: readonly VertebralLevel[]
  }
}
