import { phrase } from '../../core/words/words.ts'
import { type Standing, taskStandings } from '../state/taskStanding.ts'
import { goTo } from '../state/viewActions.ts'
import { TASKS } from '../state/viewerState.ts'
import { useViewer, useViewerCalmly } from '../state/viewerStore.ts'
import { Button } from '../ui/Button.tsx'

const SIGNS: Readonly<Record<Standing, string>> = {
  done: '✓',
  open: '○',
  here: '●',
  doubtful: '▲',
  refused: '✕',
}

/** The steps of an exam from top to bottom, each with how it stands. */
export function TaskRail() {
  const here = useViewer((state) => state.task)
  const isLoaded = useViewer((state) => state.volume !== null)
  const record = useViewerCalmly((state) => state.record)
  const standings = taskStandings(here, isLoaded, record)
  return (
    <nav className="rail" aria-label={phrase('viewer.region.rail')}>
      <ol>
        {TASKS.map((task, n) => {
          const standing = standings[task]
          return (
            <li key={task} aria-current={task === here ? 'step' : undefined}>
              <Button
                tone="quiet"
                isDisabled={task !== 'open' && !isLoaded}
                onPress={() => goTo(task)}
                aria-keyshortcuts={`Alt+${n + 1}`}
              >
                <span className={`sign sign-${standing}`} aria-hidden="true">
                  {SIGNS[standing]}
                </span>
                {phrase(`viewer.task.${task}`)}
                <span className="visually-hidden">, {phrase(`viewer.standing.${standing}`)}</span>
              </Button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
