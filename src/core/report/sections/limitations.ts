import { phrase } from '../../words/words.ts'
import { reportPopulation } from '../population.ts'
import type { ReportSection, ReportStatement } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

/** Every doubt that rides on the exam or one of its levels, and what was assumed; "none" is said too. */
export function limitationsSection(input: ReportInput): ReportSection {
  const { warnings, spine } = input.results
  const statements: ReportStatement[] = [
    ...warnings
      .filter(({ code }) => code !== 'LEVEL_REFUSED') // Findings says it, with the reason
      .map(({ message }) => ({ text: message, rule: 'QCT V.E' as const })),
    ...perLevel(input),
    ...assumptions(input),
  ]
  const lead: ReportStatement[] =
    statements.length === 0 && spine.levels.length > 0
      ? [{ text: phrase('report.limitations.none'), rule: 'QCT V.E' }]
      : []
  return {
    id: 'limitations',
    heading: phrase('report.heading.limitations'),
    statements: [...lead, ...statements, quality(input)],
  }
}

/** What is known of quality control: that of a stored calibration, else nothing. */
const quality = ({ results }: ReportInput): ReportStatement => ({
  text: phrase(
    results.calibration.asynchronous?.qualityPassed === true
      ? 'report.limitations.qcPassed'
      : 'report.limitations.qc',
  ),
  rule: 'QCT VI.A',
})

/** The same doubt on several levels is said once, with the levels before it. */
function perLevel({ results }: ReportInput): ReportStatement[] {
  const said = new Map<string, string[]>()
  for (const { level, warnings } of results.spine.levels)
    for (const { message } of warnings) said.set(message, [...(said.get(message) ?? []), level])
  return [...said].map(([message, levels]) => ({
    text: phrase('report.limitations.ofLevel', { levels, message }),
    rule: 'QCT V.E',
  }))
}

function assumptions({ inputs, results }: ReportInput): ReportStatement[] {
  const verdict = reportPopulation(inputs.patient)
  if (results.spine.category === null) return []
  const statements: ReportStatement[] = [{ text: phrase('report.limitations.cutPoints'), rule: 'QCT IV.C.2' }]
  if (verdict.population !== null && verdict.assumed === 'postmenopausalByAge')
    statements.push({ text: phrase('report.limitations.assumedPostmenopausal'), rule: 'QCT II.A.1' })
  return statements
}
