import { useEffect, useRef, useState } from 'react'
import { phrase } from '../../../core/words/words.ts'
import { session } from '../../state/session.ts'
import { isSheetAnswered } from '../../state/taskStanding.ts'
import { goTo, toggleIdentity } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { showDocument } from './showDocument.ts'
import './report.css'

/** The report as it will be printed, made by the same renderer; the patient sheet is asked first. */
export function ReportPage() {
  const record = useViewer((state) => state.record)
  const isStale = useViewer((state) => state.isStale)
  const isHidden = useViewer((state) => state.isIdentityHidden)
  const [html, setHtml] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    if (record === null || isStale) return
    let isWanted = true
    void session.client.report(record, 'html').then((made) => {
      if (!isWanted) return
      setFailure(made.ok ? null : made.failure.message)
      if (made.ok) setHtml(new TextDecoder().decode(made.value.bytes))
    })
    return () => {
      isWanted = false
    }
  }, [record, isStale])
  return (
    <div className="report-page" data-stale={isStale || undefined}>
      {record !== null && !isSheetAnswered(record) ? (
        <div className="sheet-first">
          <p>▲ {phrase('viewer.report.sheetFirst')}</p>
          <Button tone="strong" onPress={() => goTo('patient')}>
            {phrase('viewer.report.toSheet')}
          </Button>
        </div>
      ) : null}
      {failure === null ? null : <p className="refusal-text">✕ {failure}</p>}
      {html === null && failure === null ? <p className="muted">{phrase('viewer.report.waiting')}</p> : null}
      {isHidden ? (
        <div className="sheet-first">
          <p>{phrase('viewer.report.identityHidden')}</p>
          <Button onPress={toggleIdentity}>{phrase('viewer.banner.show')}</Button>
        </div>
      ) : null}
      {html === null || isHidden ? null : <Paper html={html} />}
    </div>
  )
}

function Paper({ html }: { readonly html: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current !== null) showDocument(host.current, html)
  }, [html])
  return <section ref={host} className="paper" aria-label={phrase('viewer.report.preview')} />
}
