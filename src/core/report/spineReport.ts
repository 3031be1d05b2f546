import { phrase } from '../words/words.ts'
import type { ReportDocument } from './reportDocument.ts'
import type { ReportInput } from './reportInput.ts'
import { comparisonSection } from './sections/comparison.ts'
import { doseSection } from './sections/dose.ts'
import { findingsSection } from './sections/findings.ts'
import { reportHeader, reportIdentity } from './sections/header.ts'
import { impressionSection } from './sections/impression.ts'
import { indicationSection } from './sections/indication.ts'
import { limitationsSection } from './sections/limitations.ts'
import { routesSections } from './sections/routes.ts'
import { screeningSections } from './sections/screening.ts'
import { techniqueSection } from './sections/technique.ts'

/**
 * The spine report of an exam as data: every statement with the rule for which it stands there.
 *
 * @see ACR–SPR–SSR practice parameter for musculoskeletal QCT, IV and V
 * @see ACR practice parameter for communication of diagnostic imaging findings
 */
export function spineReport(input: ReportInput): ReportDocument {
  return {
    title: phrase('report.title'),
    product: `${input.inputs.software.name} ${input.inputs.software.version}`,
    identity: reportIdentity(input),
    header: reportHeader(input),
    sections: [
      indicationSection(input),
      techniqueSection(input),
      findingsSection(input),
      ...routesSections(input),
      ...screeningSections(input),
      comparisonSection(input),
      limitationsSection(input),
      impressionSection(input),
      doseSection(input),
    ],
    footer: [{ text: phrase('warning.RESEARCH_USE'), rule: 'House every export' }],
  }
}
