import { phrase } from '../../words/words.ts'
import type { ReportSection } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

/** What earlier exams there are to compare with: none is measured against yet, and the reader may say more. */
export function comparisonSection({ decisions }: ReportInput): ReportSection {
  const { comparison } = decisions.readerText
  return {
    id: 'comparison',
    heading: phrase('report.heading.comparison'),
    statements: [
      comparison === null
        ? { text: phrase('report.comparison.none'), rule: 'QCT IV.F' }
        : { text: comparison, rule: 'QCT IV.F', author: 'reader' },
    ],
  }
}
