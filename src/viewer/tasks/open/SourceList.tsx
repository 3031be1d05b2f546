import { phrase } from '../../../core/words/words.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { DoubtList } from '../../ui/DoubtList.tsx'
import { PictureCanvas } from '../../ui/PictureCanvas.tsx'
import type { OpenedDrop, SeriesSummary, SourceSummary } from '../../worker/examWorkerApi.ts'
import { seriesFacts } from './seriesFacts.ts'

/** Everything found in a drop: exams with their series, and what was set aside. */
export function SourceList({ drop }: { readonly drop: OpenedDrop }) {
  return (
    <section className="sources" aria-label={phrase('viewer.open.exams')}>
      {drop.sources.map((source) => (
        <SourceCard key={source.id} source={source} />
      ))}
      {drop.setAside.length === 0 ? null : (
        <details className="set-aside">
          <summary>{phrase('viewer.open.setAside', { count: drop.setAside.length })}</summary>
          <ul>
            {drop.setAside.map(({ path, reason }) => (
              <li key={path}>
                <span className="muted">{path}</span> {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function SourceCard({ source }: { readonly source: SourceSummary }) {
  const isHidden = useViewer((state) => state.isIdentityHidden)
  const title = [
    isHidden ? phrase('viewer.banner.hidden') : source.patient?.patientName.replaceAll('^', ' ').trim(),
    isHidden ? '' : source.patient?.patientId,
    source.studyDate,
    source.studyDescription,
  ].filter((text) => text !== undefined && text !== '')
  return (
    <article className="source">
      <h3>{title.join('  ·  ') || phrase('viewer.open.noName')}</h3>
      {source.refusal === null ? null : <p className="refusal-text">✕ {source.refusal.message}</p>}
      {source.kind === 'nifti' ? <NiftiRow source={source} /> : null}
      <ul className="series-list">
        {source.series.map((series) => (
          <SeriesRow key={series.id} source={source} series={series} />
        ))}
      </ul>
    </article>
  )
}

function NiftiRow({ source }: { readonly source: SourceSummary }) {
  return (
    <div className="row">
      <span className="muted">{phrase('viewer.open.nifti')}</span>
      <Button onPress={() => void session.choose({ sourceId: source.id, seriesId: null })}>
        {phrase('viewer.open.measureThis')}
      </Button>
    </div>
  )
}

function SeriesRow({ source, series }: { readonly source: SourceSummary; readonly series: SeriesSummary }) {
  const thumbnail = useViewer((state) => state.thumbnails[`${source.id} ${series.id}`])
  const shownId = useViewer((state) =>
    state.choice?.sourceId === source.id ? (state.choice.seriesId ?? source.proposed?.seriesId) : null,
  )
  const isProposed = source.proposed?.seriesId === series.id
  const isShown = shownId === series.id
  const name = series.seriesDescription || phrase('viewer.open.noName')
  return (
    <li className="series" data-selected={isShown || undefined}>
      <div className="series-thumbnail">
        {thumbnail === undefined ? null : (
          <PictureCanvas picture={thumbnail} label={phrase('viewer.open.thumbnail', { name })} />
        )}
        {series.verdict === 'sound' ? null : (
          <span className={`series-mark ${series.verdict === 'refused' ? 'refusal-text' : 'doubt-text'}`}>
            {series.verdict === 'refused' ? '✕' : '▲'}
          </span>
        )}
      </div>
      <div className="series-words">
        <h4>
          {series.seriesNumber === null ? '' : `${series.seriesNumber}  `}
          {name}
        </h4>
        <p className="muted">{seriesFacts(series).join('  ·  ')}</p>
        {series.refusal === null ? null : (
          <p className="refusal-text">
            ✕ {phrase('viewer.open.refused')}: {series.refusal.message}
          </p>
        )}
        <DoubtList doubts={series.warnings} />
        {isProposed && source.proposed !== null ? (
          <p className="muted">
            {phrase('viewer.open.proposed')}. {source.proposed.reasons.join(' ')}
          </p>
        ) : null}
      </div>
      {isShown ? (
        <span className="mark">{phrase('viewer.open.measured')}</span>
      ) : (
        <Button
          isDisabled={series.verdict === 'refused'}
          tone={isProposed ? 'strong' : 'plain'}
          aria-label={`${phrase('viewer.open.measureThis')}: ${name}`}
          onPress={() =>
            void session.choose({ sourceId: source.id, seriesId: isProposed ? null : series.id })
          }
        >
          {phrase('viewer.open.measureThis')}
        </Button>
      )}
    </li>
  )
}
