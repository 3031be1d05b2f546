import type { Hu } from '../../units.ts'

/** The tissues that can stand in for a phantom, from least to most attenuating; air is no tissue but joins them. */
export const TISSUES = ['air', 'adipose', 'skeletalMuscle', 'blood', 'corticalBone'] as const

/** One of the tissues that can stand in for a phantom. */
export type Tissue = (typeof TISSUES)[number]

/** What one tissue's region measured in a scan. */
export interface TissueSample {
  readonly tissue: Tissue
  readonly meanHu: Hu
  /** Standard error of the mean that knows the noise's autocorrelation. */
  readonly standardErrorHu: Hu
}

/**
 * How much the CT number of a tissue differs from what its composition says, beyond noise, and who says so. It must
 * hold both the spread from person to person and the distance of real tissue from the tabulated composition: fat reads
 * near −100 HU in patients where ICRU adipose tissue would read −79 at 70 keV.
 */
export interface TissueSpread {
  /** SD in HU; air has none of its own. */
  readonly sdHu: Readonly<Record<Exclude<Tissue, 'air'>, number>>
  /** Effective energies a user expects of a scanner at some tube voltages; the program has none of its own. */
  readonly plausibleEnergy?: readonly PlausibleEnergy[] | undefined
  readonly citation: string
}

/** The effective energies, keV, that are believed at one tube voltage. */
export interface PlausibleEnergy {
  readonly kvp: number
  readonly lowKeV: number
  readonly highKeV: number
}
