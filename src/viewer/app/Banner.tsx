import { phrase } from '../../core/words/words.ts'
import { timeOf } from '../state/decisionKeeper.ts'
import { nextDoubt, toggleIdentity } from '../state/viewActions.ts'
import type { SaveState } from '../state/viewerState.ts'
import { useViewer, useViewerCalmly } from '../state/viewerStore.ts'
import { Button } from '../ui/Button.tsx'
import { RouteMark } from '../ui/RouteMark.tsx'
import { bannerFacts } from './bannerFacts.ts'
import { UndoButtons } from './UndoButtons.tsx'

/** Who is on screen and how the exam was made; above every view, with the identity hidden on demand. */
export function Banner() {
  const drop = useViewer((state) => state.drop)
  const choice = useViewer((state) => state.choice)
  const record = useViewerCalmly((state) => state.record)
  const isHidden = useViewer((state) => state.isIdentityHidden)
  const saved = useViewer((state) => state.saved)
  const hasWorkList = useViewer((state) => typeof state.server === 'string')
  const source = drop?.sources.find(({ id }) => id === choice?.sourceId) ?? null
  const facts = bannerFacts(source, record, isHidden)
  const doubts =
    (record?.results.warnings.length ?? 0) +
    (record?.results.spine.levels ?? []).reduce((sum, { warnings }) => sum + warnings.length, 0)
  return (
    <header className="banner">
      <h1 className="visually-hidden">{phrase('viewer.title')}</h1>
      <div className="banner-facts">
        {facts.identity.map((text, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may equal an ID, and a key is written into warnings
          <span key={n} className={n === 0 ? 'banner-name' : 'muted'}>
            {text}
          </span>
        ))}
        {facts.exam.map((text, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two facts may read alike
          <span key={n} className="muted">
            {text}
          </span>
        ))}
      </div>
      <div className="row">
        <UndoButtons />
        <SaveMark saved={saved} />
        {record === null ? null : <RouteMark route={record.results.calibration.method} />}
        {record === null ? null : (
          <span className="mark">
            {phrase(record.signatures.length > 0 ? 'viewer.banner.signed' : 'viewer.banner.draft')}
          </span>
        )}
        {source === null && !hasWorkList ? null : (
          <Button tone="quiet" onPress={toggleIdentity}>
            {phrase(isHidden ? 'viewer.banner.show' : 'viewer.banner.hide')}
          </Button>
        )}
        {doubts === 0 ? null : (
          <Button tone="quiet" onPress={() => nextDoubt()}>
            <span className="doubt-text">
              {phrase('viewer.banner.warnings')} ▲{doubts}
            </span>
          </Button>
        )}
      </div>
    </header>
  )
}

function SaveMark({ saved }: { readonly saved: SaveState }) {
  if (saved.kind === 'none') return null
  if (saved.kind === 'saving') return <span className="mark muted">{phrase('viewer.banner.saving')}</span>
  if (saved.kind === 'failed')
    return <span className="mark refusal-text">✕ {phrase('viewer.banner.notSaved')}</span>
  const words = saved.where === 'server' ? 'viewer.banner.saved' : 'viewer.banner.savedHere'
  return <span className="mark muted">{phrase(words, { time: timeOf(saved.at).slice(11) })}</span>
}
