import { phrase } from '../../../core/words/words.ts'
import type { ReaderText } from '../../../exam/record/decisions.ts'
import { writeText } from '../../state/decisionEdits.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Entry } from '../../ui/Entry.tsx'
import { ConcernList } from './ConcernList.tsx'
import { Exports } from './Exports.tsx'
import { SignForm } from './SignForm.tsx'

const PARTS = [
  'findings',
  'comparison',
  'impression',
  'recommendation',
] as const satisfies readonly (keyof ReaderText)[]

/** What the reader adds to the report, signing it, and taking it away in every form. */
export function ReportPanel() {
  const record = useViewer((state) => state.record)
  const isStale = useViewer((state) => state.isStale)
  const supersedes = useViewer((state) => state.supersedes)
  const text = useViewer((state) => state.decisions.present.readerText)
  if (record === null)
    return (
      <section className="panel">
        <h2>{phrase('viewer.report.title')}</h2>
        <p className="muted">{phrase('viewer.report.waiting')}</p>
      </section>
    )
  const isSigned = record.signatures.length > 0 && supersedes === null
  return (
    <section className="panel">
      <h2>{phrase('viewer.report.title')}</h2>
      {isStale ? <p className="muted">{phrase('viewer.report.stale')}</p> : null}
      {record.refusal === undefined ? null : (
        <p className="refusal-text">
          ✕ {phrase('viewer.report.refused', { reason: record.refusal.message })}
        </p>
      )}
      <h3>{phrase('viewer.report.exports')}</h3>
      <Exports record={record} />
      <h3>{phrase('viewer.report.readerText')}</h3>
      {PARTS.map((part) => (
        <Entry
          key={part}
          label={phrase(`viewer.report.part.${part}`)}
          value={text[part] ?? ''}
          isLong
          isDisabled={isSigned}
          onDone={(written) =>
            session.decide(
              phrase('viewer.edit.text', { part: phrase(`viewer.report.part.${part}`) }),
              writeText(part, written === '' ? null : written),
            )
          }
        />
      ))}
      <h3>{phrase('viewer.report.sign')}</h3>
      {isSigned ? null : <ConcernList record={record} />}
      <SignForm record={record} isSigned={isSigned} />
    </section>
  )
}
