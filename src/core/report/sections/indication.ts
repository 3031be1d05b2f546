import { phrase } from '../../words/words.ts'
import { reportPopulation } from '../population.ts'
import type { ReportRule, ReportSection, ReportStatement } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

/** Why the exam was made, what is known of bone and treatment before it, and by whose rules it is reported. */
export function indicationSection(input: ReportInput): ReportSection {
  const { patient } = input.inputs
  return {
    id: 'indication',
    heading: phrase('report.heading.indication'),
    statements: [
      {
        text: patient.indication ?? phrase('report.indication.none'),
        rule: 'QCT IV.A',
      },
      ...history('priorFracture', patient.priorFracture, 'QCT II.A.2.a'),
      ...history('treatment', patient.treatment, 'QCT II.A.9.a'),
      population(input),
    ],
  }
}

const history = (
  key: 'priorFracture' | 'treatment',
  value: string | null,
  rule: ReportRule,
): ReportStatement[] =>
  value === null ? [] : [{ text: phrase(`report.indication.${key}`, { value }), rule }]

/** The rules of which population hold, since they decide what the report may say. */
function population({ inputs: { patient } }: ReportInput): ReportStatement {
  const verdict = reportPopulation(patient)
  if (verdict.population === null)
    return {
      text: phrase('report.population.unknown', { fact: phrase(`report.fact.${verdict.missing}`) }),
      rule: 'QCT IV.C.2',
    }
  return {
    text: phrase(`report.population.${verdict.population}`),
    rule: POPULATION_RULES[verdict.population],
  }
}

const POPULATION_RULES = { A: 'QCT V.A', T: 'QCT IV.D', B: 'QCT V.C', C: 'QCT V.D' } as const
