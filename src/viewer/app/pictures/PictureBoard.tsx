import { phrase } from '../../../core/words/words.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { OpenPage } from '../../tasks/open/index.ts'
import { ReportPage } from '../../tasks/report/index.ts'
import { PictureCanvas } from '../../ui/PictureCanvas.tsx'
import { Filmstrip } from './Filmstrip.tsx'
import { PictureBar } from './PictureBar.tsx'
import { ThreePlanes } from './ThreePlanes.tsx'
import './pictures.css'

/** The middle of the screen: what the step needs to see. Pictures for most, a page of its own for drop and report. */
export function PictureBoard() {
  const task = useViewer((state) => state.task)
  const volume = useViewer((state) => state.volume)
  const firstImage = useViewer((state) => state.firstImage)
  if (task === 'open') return <OpenPage />
  if (task === 'report') return <ReportPage />
  if (volume === null)
    return (
      <div className="board-waiting">
        {firstImage === null ? (
          <p className="muted">{phrase('viewer.picture.waiting')}</p>
        ) : (
          <PictureCanvas picture={firstImage} label={phrase('viewer.picture.first')} />
        )}
      </div>
    )
  return (
    <div className="board">
      <PictureBar />
      <ThreePlanes volume={volume} />
      <Filmstrip />
    </div>
  )
}
