import { reportConcerns } from '../../../core/report/reportConcerns.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { printedReport } from '../../../exam/render/printedReport.ts'

/** What the report still lacks, said before it is signed; whether it is signed so is the reader's decision. */
export function ConcernList({ record }: { readonly record: ExamRecord }) {
  const concerns = reportConcerns(record, printedReport(record))
  if (concerns.length === 0) return <p className="muted">{phrase('viewer.report.nothingLacks')}</p>
  return (
    <section className="concerns" aria-label={phrase('viewer.report.concerns')}>
      <p className="muted">{phrase('viewer.report.concerns')}</p>
      <ul className="doubts">
        {concerns.map(({ code, text, blocksSigning }) => (
          <li key={code} data-code={code}>
            <span className={blocksSigning ? 'sign refusal-text' : 'sign sign-doubt'} aria-hidden="true">
              {blocksSigning ? '✕' : '▲'}
            </span>
            {blocksSigning ? phrase('error.SIGNING_REFUSED', { problem: text }) : text}
          </li>
        ))}
      </ul>
    </section>
  )
}
