/** One published cut point of the trabecular attenuation of L1 at 120 kVp. */
export interface ScreeningCut {
  readonly hu: number
  /** What the source found at it. */
  readonly finding: 'sensitivity90' | 'specificity90' | 'risk' | 'negativePredictive'
  /** On which side of it the finding holds. */
  readonly side: 'at or below' | 'below' | 'above'
  readonly citation: string
}

const PICKHARDT = 'Pickhardt 2013, Ann Intern Med (abstract; 1867 adults, L1, against DXA)'
const BRITISH = 'British cohort 2023 (abstract; n = 536, against DXA)'

/**
 * Cut points as their abstracts state them. They classify nothing here: two studies differ by 9 HU at the same
 * sensitivity, and an automatic region reads 21 HU higher than a manual one (Jang 2019, Radiology 291:360).
 */
export const SCREENING_CUTS: readonly ScreeningCut[] = [
  { hu: 104, finding: 'specificity90', side: 'at or below', citation: BRITISH },
  { hu: 110, finding: 'specificity90', side: 'at or below', citation: PICKHARDT },
  { hu: 135, finding: 'risk', side: 'below', citation: 'Anderson, review (abstract)' },
  { hu: 160, finding: 'sensitivity90', side: 'at or below', citation: PICKHARDT },
  { hu: 169, finding: 'sensitivity90', side: 'at or below', citation: BRITISH },
  { hu: 200, finding: 'negativePredictive', side: 'above', citation: PICKHARDT },
]

/** The only tube voltage for which the cut points were found, kVp. */
export const SCREENING_KVP = 120
