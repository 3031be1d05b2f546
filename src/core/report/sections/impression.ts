import { SPINE_CATEGORY_CUTS } from '../../spine/spineCategory.ts'
import { phrase } from '../../words/words.ts'
import { reportPopulation } from '../population.ts'
import { printedValue } from '../printedValue.ts'
import type { ReportSection, ReportStatement } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'
import { routeLabel } from './calibration.ts'

/** What the measurement means for this patient, by the rules of the patient's population, and what it does not. */
export function impressionSection(input: ReportInput): ReportSection {
  return {
    id: 'impression',
    heading: phrase('report.heading.impression'),
    statements:
      input.status === 'refused'
        ? [refused(input), ...byReader(input)]
        : [
            ...mean(input),
            category(input),
            ...transition(input),
            ...zScore(input),
            ...alternatives(input),
            ...byReader(input),
          ],
  }
}

const refused = ({ refusal }: ReportInput): ReportStatement => ({
  text: phrase('report.impression.refused', { code: refusal?.code, message: refusal?.message }),
  rule: 'QCT V.E',
})

function mean(input: ReportInput): ReportStatement[] {
  const { meanVbmdMgPerCm3, meanUncertaintyMgPerCm3, levels: all } = input.results.spine
  if (meanVbmdMgPerCm3 === null) return []
  const levels = all.filter(({ status }) => status === 'done').map(({ level }) => level)
  const value = printedValue(meanVbmdMgPerCm3, meanUncertaintyMgPerCm3, SPINE_CATEGORY_CUTS)
  return [
    { text: phrase('report.impression.mean', { value, levels }), rule: 'QCT V.A' },
    ...routeLabel(input),
  ]
}

function category({ results }: ReportInput): ReportStatement {
  const { spine } = results
  if (spine.category !== null)
    return { text: phrase(`report.category.${spine.category}`), rule: 'QCT IV.C.2' }
  return {
    text: phrase('report.impression.noCategory', { reason: spine.categoryWithheld?.message ?? '' }),
    rule: 'QCT IV.C.2',
  }
}

/** The exception of the rule: in menopausal transition the WHO classification may apply. */
function transition({ inputs, results }: ReportInput): ReportStatement[] {
  const { population } = reportPopulation(inputs.patient)
  if (population !== 'T' || results.spine.category === null) return []
  return [{ text: phrase('report.impression.transition'), rule: 'QCT IV.D' }]
}

/** Where no density could be given, what would give one. */
const alternatives = ({ results }: ReportInput): ReportStatement[] =>
  results.calibration.method === 'none' && results.spine.levels.length > 0
    ? [{ text: phrase('report.impression.alternatives'), rule: 'QCT V.E' }]
    : []

/** The reader's own conclusion and recommendations, after the measured facts. */
function byReader({ decisions }: ReportInput): ReportStatement[] {
  const { impression, recommendation } = decisions.readerText
  return [impression, recommendation]
    .filter((text) => text !== null)
    .map((text) => ({ text, rule: 'QCT V.E', author: 'reader' }))
}

/** Premenopausal women, men under 50 and children are reported by Z-score; no reference population is built in yet. */
function zScore({ inputs, results }: ReportInput): ReportStatement[] {
  const { population } = reportPopulation(inputs.patient)
  if (results.calibration.method === 'none' || (population !== 'B' && population !== 'C')) return []
  return [
    {
      text: phrase(population === 'C' ? 'report.impression.noZScoreChild' : 'report.impression.noZScore'),
      rule: population === 'C' ? 'QCT V.D' : 'QCT V.C',
    },
  ]
}
