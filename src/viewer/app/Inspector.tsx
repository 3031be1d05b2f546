import type { ReactNode } from 'react'
import { phrase } from '../../core/words/words.ts'
import type { Task } from '../state/viewerState.ts'
import { useViewer } from '../state/viewerStore.ts'
import { CalibrationPanel } from '../tasks/calibration/index.ts'
import { CheckPanel } from '../tasks/check/index.ts'
import { PatientPanel } from '../tasks/patient/index.ts'
import { ReportPanel } from '../tasks/report/index.ts'
import { SpinePanel } from '../tasks/spine/index.ts'
import { FaultBoundary } from '../ui/FaultBoundary.tsx'

const PANELS: Readonly<Record<Exclude<Task, 'open'>, () => ReactNode>> = {
  check: CheckPanel,
  calibration: CalibrationPanel,
  spine: SpinePanel,
  patient: PatientPanel,
  report: ReportPanel,
}

/** What the step is about: its numbers, what they mean, what they rest on, what to doubt. */
export function Inspector() {
  const task = useViewer((state) => state.task)
  if (task === 'open') return null
  const Panel = PANELS[task]
  return (
    <aside className="inspector" aria-label={phrase('viewer.region.inspector')}>
      <FaultBoundary key={task}>
        <Panel />
      </FaultBoundary>
    </aside>
  )
}
