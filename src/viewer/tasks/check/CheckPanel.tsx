import { phrase } from '../../../core/words/words.ts'
import { type AcquisitionCheck, acquisitionChecks, checkVerdict } from '../../state/acquisitionChecks.ts'
import { useViewerCalmly } from '../../state/viewerStore.ts'
import { DoubtList } from '../../ui/DoubtList.tsx'

const SIGNS = { good: '✓', doubt: '▲', refused: '✕', unknown: '?' } as const

/** The acquisition check for the technologist: what was found, what to reconstruct again, what not to repeat. */
export function CheckPanel() {
  const record = useViewerCalmly((state) => state.record)
  if (record === null)
    return (
      <section className="panel">
        <h2>{phrase('viewer.check.title')}</h2>
        <p className="muted">{phrase('viewer.check.waiting')}</p>
      </section>
    )
  const checks = acquisitionChecks(record)
  const verdict = checkVerdict(record, checks)
  return (
    <section className="panel">
      <h2>{phrase('viewer.check.title')}</h2>
      <p className="muted">{phrase('viewer.check.intro')}</p>
      <p className={`verdict verdict-${verdict}`}>{phrase(`viewer.check.verdict.${verdict}`)}</p>
      {record.refusal === undefined ? null : <p className="refusal-text">✕ {record.refusal.message}</p>}
      <ul className="checks">
        {checks.map((check) => (
          <CheckRow key={check.item} check={check} />
        ))}
      </ul>
      <p className="muted">{phrase('viewer.check.more')}</p>
      <h3>{phrase('viewer.doubts.title')}</h3>
      {record.results.warnings.length === 0 ? (
        <p className="muted">{phrase('viewer.doubts.none')}</p>
      ) : (
        <DoubtList doubts={record.results.warnings} />
      )}
    </section>
  )
}

function CheckRow({ check: { item, state, found, advice } }: { readonly check: AcquisitionCheck }) {
  return (
    <li className={`check check-${state}`}>
      <span className="sign" aria-hidden="true">
        {SIGNS[state]}
      </span>
      <span>
        {phrase(`viewer.check.item.${item}`)}
        <span className="visually-hidden">, {phrase(`viewer.check.state.${state}`)}</span>
      </span>
      <span className="check-found">{found}</span>
      {advice === '' ? null : <span className="check-advice muted">{advice}</span>}
    </li>
  )
}
