/** What the report must know of a patient to choose its rules. Null means that nobody said. */
export interface PopulationFacts {
  readonly sex: 'F' | 'M' | 'O' | null
  /** Age at the exam in years, fractions allowed. */
  readonly ageYears: number | null
  readonly menopausalStatus: 'pre' | 'peri' | 'post' | null
}

/**
 * Whose rules hold. A: postmenopausal women and men from 50. T: women in menopausal transition.
 * B: premenopausal women and men under 50. C: children and adolescents.
 * @see ACR–SPR–SSR practice parameter for musculoskeletal QCT, IV.C to IV.E and V.A to V.D
 */
export type ReportPopulation = 'A' | 'T' | 'B' | 'C'

/** The population, or the fact that is missing to tell it. */
export type PopulationVerdict =
  | { readonly population: ReportPopulation; readonly assumed?: 'postmenopausalByAge' }
  | { readonly population: null; readonly missing: 'sex' | 'age' | 'menopausalStatus' }

/** A child or adolescent is under 20 completed years, whatever else is known. */
const ADULT_FROM_YEARS = 20
/** The parameter says "men older than 50" and "men younger than 50" and leaves 50 open; ISCD counts it as older. */
const OLDER_MAN_FROM_YEARS = 50
/** From this age the parameter speaks of "all women" where it says "postmenopausal women" below it (II.A.1–2). */
const POSTMENOPAUSAL_FROM_YEARS = 65

/**
 * The population whose reporting rules hold for a patient.
 *
 * Menopausal transition is the reader's statement, never inferred. Without any statement a woman of 65 or more is
 * taken as postmenopausal, and the verdict says that this was assumed.
 */
export function reportPopulation({ sex, ageYears, menopausalStatus }: PopulationFacts): PopulationVerdict {
  if (ageYears !== null && ageYears < ADULT_FROM_YEARS) return { population: 'C' }
  if (sex === 'F') {
    if (menopausalStatus === 'post') return { population: 'A' }
    if (ageYears === null) return { population: null, missing: 'age' }
    if (menopausalStatus === 'peri') return { population: 'T' }
    if (menopausalStatus === 'pre') return { population: 'B' }
    if (ageYears >= POSTMENOPAUSAL_FROM_YEARS) return { population: 'A', assumed: 'postmenopausalByAge' }
    return { population: null, missing: 'menopausalStatus' }
  }
  if (ageYears === null) return { population: null, missing: 'age' }
  if (sex === 'M') return { population: ageYears >= OLDER_MAN_FROM_YEARS ? 'A' : 'B' }
  return { population: null, missing: 'sex' }
}
