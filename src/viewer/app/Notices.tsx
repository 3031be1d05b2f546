import { phrase } from '../../core/words/words.ts'
import { dismiss, useViewer } from '../state/viewerStore.ts'
import { Button } from '../ui/Button.tsx'

/** What was said lately: above the status line, never over a picture's middle, gone when dismissed. */
export function Notices() {
  const notices = useViewer((state) => state.notices)
  return (
    <section className="notices" aria-label={phrase('viewer.notice.list')} aria-live="polite">
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} className={`notice notice-${tone}`}>
          <p>
            {tone === 'plain' ? null : (
              <span className={`sign sign-${tone === 'doubt' ? 'doubt' : 'refused'}`} aria-hidden="true">
                {tone === 'doubt' ? '▲ ' : '✕ '}
              </span>
            )}
            {text}
          </p>
          <div className="row">
            {action === undefined ? null : (
              <Button
                tone="strong"
                onPress={() => {
                  dismiss(id)
                  action.run()
                }}
              >
                {action.label}
              </Button>
            )}
            <Button tone="quiet" onPress={() => dismiss(id)}>
              {phrase('viewer.notice.dismiss')}
            </Button>
          </div>
        </div>
      ))}
    </section>
  )
}
