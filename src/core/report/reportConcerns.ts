import { phrase } from '../words/words.ts'
import { reportPopulation } from './population.ts'
import type { ReportDocument, ReportRule } from './reportDocument.ts'
import type { ReportInput } from './reportInput.ts'

/** What a reader has to look at before signing. */
export interface ReportConcern {
  readonly code:
    | 'INDICATION_MISSING'
    | 'REFERRER_MISSING'
    | 'POPULATION_UNKNOWN'
    | 'FRACTURES_NOT_READ'
    | 'NAMING_NOT_CONFIRMED'
    | 'WORDS_NOT_FOR_CHILDREN'
  readonly text: string
  readonly rule: ReportRule
  /** A report that says what it must not say cannot be signed. */
  readonly blocksSigning: boolean
}

/** Words that may stand nowhere in a child's report. */
const NOT_FOR_CHILDREN = /osteopeni|osteoporo|T-score/i

/**
 * What the report still lacks of what it must hold, and what it holds that it must not: also in the reader's own words,
 * which the program never changes.
 *
 * @see ACR–SPR–SSR practice parameter for musculoskeletal QCT, IV.A, IV.E, V.D, V.F
 */
export function reportConcerns(input: ReportInput, report: ReportDocument): readonly ReportConcern[] {
  const { patient, study } = input.inputs
  const { confirmations, rois } = input.decisions
  const verdict = reportPopulation(patient)
  const isMeasured = input.status === 'done'
  const found: (ReportConcern['code'] | false)[] = [
    patient.indication === null && 'INDICATION_MISSING',
    study.referringPhysicianName === null && 'REFERRER_MISSING',
    verdict.population === null && 'POPULATION_UNKNOWN',
    isMeasured && !confirmations.includes('readForFractures') && 'FRACTURES_NOT_READ',
    isMeasured &&
      !confirmations.includes('levelNaming') &&
      rois.some(({ placement }) => placement === 'automatic') &&
      'NAMING_NOT_CONFIRMED',
    verdict.population === 'C' && NOT_FOR_CHILDREN.test(wordsOf(report)) && 'WORDS_NOT_FOR_CHILDREN',
  ]
  return found
    .filter((code) => code !== false)
    .map((code) => ({
      code,
      text: phrase(`report.concern.${code}`),
      rule: RULES[code],
      blocksSigning: code === 'WORDS_NOT_FOR_CHILDREN',
    }))
}

const RULES: Readonly<Record<ReportConcern['code'], ReportRule>> = {
  INDICATION_MISSING: 'QCT IV.A',
  REFERRER_MISSING: 'ACR communication II.B demographics',
  POPULATION_UNKNOWN: 'QCT IV.C.2',
  FRACTURES_NOT_READ: 'QCT V.F',
  NAMING_NOT_CONFIRMED: 'QCT IV.B',
  WORDS_NOT_FOR_CHILDREN: 'QCT V.D',
}

/** All that the report says, its tables, captions and head included. */
const wordsOf = ({ header, sections }: ReportDocument) =>
  [
    ...header.map(({ value }) => value),
    ...sections.flatMap(({ lead, statements, table, figures = [] }) => [
      lead?.text ?? '',
      ...statements.map(({ text }) => text),
      ...(table?.rows.flat() ?? []),
      ...figures.flatMap(({ caption, alt }) => [caption, alt]),
    ]),
  ].join('\n')
