import { phrase } from '../../core/words/words.ts'
import { SOFTWARE } from '../../exam/record/software.ts'
import { session } from '../state/session.ts'
import { toggleKeyList, toggleTheme } from '../state/viewActions.ts'
import { useViewer } from '../state/viewerStore.ts'
import { Button } from '../ui/Button.tsx'
import { jobWords } from './jobWords.ts'
import { usePointerSample } from './pictures/pointerSample.ts'

/** What is under the pointer, what runs and how far it is, and the line that is never hidden. */
export function StatusLine() {
  const window = useViewer((state) => state.window)
  const slabMm = useViewer((state) => state.slabMm)
  const theme = useViewer((state) => state.theme)
  const hasVolume = useViewer((state) => state.volume !== null)
  return (
    <footer className="status">
      <div className="status-left">
        <PointerWords />
        {hasVolume ? (
          <span>
            {phrase('viewer.status.window', {
              width: Math.round(window.width),
              center: Math.round(window.center),
            })}
            {slabMm > 0 ? `   ${phrase('viewer.status.slab', { mm: slabMm })}` : ''}
          </span>
        ) : null}
        <RunningJob />
      </div>
      <div className="status-right">
        <Button tone="quiet" onPress={toggleTheme}>
          {phrase(theme === 'dark' ? 'viewer.theme.switch' : 'viewer.theme.switchDark')}
        </Button>
        <Button tone="quiet" onPress={toggleKeyList}>
          {phrase('viewer.status.keys')}
        </Button>
        <strong className="research-use">{phrase('viewer.researchUse')}</strong>
        <span>{phrase('viewer.status.version', { version: SOFTWARE.version })}</span>
        <ServerMark />
      </div>
    </footer>
  )
}

function PointerWords() {
  const sample = usePointerSample()
  if (sample === null) return null
  const [x, y, z] = sample.at
  return (
    <span className="status-pointer">
      {sample.hu === null ? '—' : phrase('viewer.status.pointer', { hu: Math.round(sample.hu) })}
      {'   '}
      {phrase('viewer.status.position', { x: x.toFixed(1), y: y.toFixed(1), z: z.toFixed(1) })}
      {'   '}
      {phrase('viewer.status.slice', { k: sample.voxel[2] + 1 })}
    </span>
  )
}

function RunningJob() {
  const running = useViewer((state) => state.running)
  if (running === null) return null
  const { step, fraction } = running
  return (
    <span className="job" role="status">
      {jobWords(step)}
      {fraction === null ? null : (
        <progress value={fraction} max={1} aria-label={jobWords(step)}>
          {Math.round(100 * fraction)} %
        </progress>
      )}
      <Button tone="quiet" onPress={() => session.cancel()}>
        {phrase('viewer.job.cancel')}
      </Button>
    </span>
  )
}

function ServerMark() {
  const server = useViewer((state) => state.server)
  if (server === undefined) return null
  return (
    <span>
      {server === null ? phrase('viewer.status.alone') : phrase('viewer.status.server', { version: server })}
    </span>
  )
}
