import { phrase } from '../words/words.ts'
import type { ReportDocument, ReportSection } from './reportDocument.ts'
import type { ReportInput } from './reportInput.ts'
import { findingsSection } from './sections/findings.ts'
import { reportHeader } from './sections/header.ts'
import { impressionSection } from './sections/impression.ts'
import { limitationsSection } from './sections/limitations.ts'
import { techniqueSection } from './sections/technique.ts'

/**
 * The spine report of an exam as data, first form: every statement with the rule for which it stands there.
 *
 * @see ACR–SPR–SSR practice parameter for musculoskeletal QCT, IV and V
 * @see ACR practice parameter for communication of diagnostic imaging findings
 */
export function spineReport(input: ReportInput): ReportDocument {
  return {
    title: phrase('report.title'),
    product: `${input.inputs.software.name} ${input.inputs.software.version}`,
    identity: '',
    header: reportHeader(input),
    sections: [
      indication(input),
      techniqueSection(input),
      findingsSection(input),
      comparison,
      limitationsSection(input),
      impressionSection(input),
      dose,
    ],
    footer: [{ text: phrase('warning.RESEARCH_USE'), rule: 'House every export' }],
  }
}

const indication = ({ inputs }: ReportInput): ReportSection => ({
  id: 'indication',
  heading: phrase('report.heading.indication'),
  statements: [{ text: inputs.patient.indication ?? phrase('report.indication.none'), rule: 'QCT IV.A' }],
})

const comparison: ReportSection = {
  id: 'comparison',
  heading: phrase('report.heading.comparison'),
  statements: [{ text: phrase('report.comparison.none'), rule: 'QCT IV.F' }],
}

const dose: ReportSection = {
  id: 'dose',
  heading: phrase('report.heading.dose'),
  statements: [{ text: phrase('report.dose.none'), rule: 'SB 1237 115111' }],
}
