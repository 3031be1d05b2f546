import { useEffect } from 'react'
import { phrase } from '../../core/words/words.ts'
import { session } from '../state/session.ts'
import { useViewer } from '../state/viewerStore.ts'
import { openDemoExam } from '../tasks/open/demoExam.ts'
import { FaultBoundary } from '../ui/FaultBoundary.tsx'
import { Banner } from './Banner.tsx'
import { connectServer } from './connectServer.ts'
import { DropVeil } from './DropVeil.tsx'
import { Inspector } from './Inspector.tsx'
import { KeyList } from './KeyList.tsx'
import { Notices } from './Notices.tsx'
import { PictureBoard } from './pictures/PictureBoard.tsx'
import { StatusLine } from './StatusLine.tsx'
import { TaskRail } from './TaskRail.tsx'
import { useKeys } from './useKeys.ts'
import './layout.css'

/** The whole viewer: one screen with four places. */
export function App() {
  const task = useViewer((state) => state.task)
  useKeys()
  useEffect(() => {
    void connectServer().then((isDemoAsked) => {
      if (isDemoAsked) void openDemoExam(session)
    })
  }, [])
  return (
    <div className={`screen screen-${task}`}>
      <Banner />
      <TaskRail />
      <main className="pictures" aria-label={phrase('viewer.region.pictures')}>
        <FaultBoundary>
          <PictureBoard />
        </FaultBoundary>
      </main>
      {task === 'open' ? null : <Inspector />}
      <StatusLine />
      <Notices />
      <KeyList />
      <DropVeil />
    </div>
  )
}
