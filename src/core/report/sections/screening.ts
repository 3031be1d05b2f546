import { COVERAGE_FACTOR } from '../../spine/meanVbmd.ts'
import { phrase } from '../../words/words.ts'
import { reportPopulation } from '../population.ts'
import { printedValue } from '../printedValue.ts'
import type { ReportSection, ReportStatement } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

const RULE = 'QCT IV.B.2'

/** The screening attenuation of L1 in a section of its own, apart from every density; empty when it was not asked for. */
export function screeningSections(input: ReportInput): ReportSection[] {
  const { screening } = input.results.spine
  if (screening === null) return []
  const { attenuationHu, standardErrorHu, comparisons, warnings, refusal } = screening
  const said: ReportStatement[] =
    attenuationHu === null || standardErrorHu === null
      ? [{ text: phrase('report.screening.refused', { reason: refusal?.message ?? '' }), rule: RULE }]
      : [
          {
            text: phrase('report.screening.value', {
              value: printedValue(
                attenuationHu,
                COVERAGE_FACTOR * standardErrorHu,
                comparisons.map(({ cutHu }) => cutHu),
              ),
            }),
            rule: RULE,
          },
          ...(isChild(input) ? [] : comparisons.map(comparison)),
          ...warnings.map(({ message }): ReportStatement => ({ text: message, rule: RULE })),
        ]
  return [{ id: 'screening', heading: phrase('report.heading.screening'), statements: said }]
}

/** The cut points were found in adults. */
const isChild = ({ inputs }: ReportInput) => reportPopulation(inputs.patient).population === 'C'

type Screening = NonNullable<ReportInput['results']['spine']['screening']>

const comparison = ({
  cutHu,
  finding,
  side,
  citation,
  met,
  certain,
}: Screening['comparisons'][number]): ReportStatement => ({
  text: phrase('report.screening.cut', {
    side: phrase(`report.screening.side.${side}`),
    cut: cutHu,
    met: phrase(met ? 'report.screening.met' : 'report.screening.notMet'),
    certain: certain ? '' : phrase('report.screening.uncertain'),
    finding: phrase(`report.screening.finding.${finding}`),
    citation,
  }),
  rule: RULE,
})
