import { phrase } from '../../../core/words/words.ts'
import { useViewer, useViewerCalmly } from '../../state/viewerStore.ts'
import { OpenPage } from '../../tasks/open/index.ts'
import { ReportPage } from '../../tasks/report/index.ts'
import { PictureCanvas } from '../../ui/PictureCanvas.tsx'
import { Filmstrip } from './Filmstrip.tsx'
import { PictureBar } from './PictureBar.tsx'
import { ThreePlanes } from './ThreePlanes.tsx'
import './pictures.css'

/**
 * The middle of the screen: what the step needs to see. Drop and report have pages of their own; the pictures stay
 * behind them, so that coming back to a step shows them at once.
 */
export function PictureBoard() {
  const task = useViewer((state) => state.task)
  const isPage = task === 'open' || task === 'report'
  return (
    <>
      <div className="board-place" inert={isPage} data-hidden={isPage || undefined}>
        <Pictures />
      </div>
      {isPage ? <div className="page-place">{task === 'open' ? <OpenPage /> : <ReportPage />}</div> : null}
    </>
  )
}

function Pictures() {
  const volume = useViewerCalmly((state) => state.volume)
  const firstImage = useViewer((state) => state.firstImage)
  const isArriving = useViewer((state) => state.volume !== null && state.arrived < state.volume.flags.length)
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
      <div className="planes-place">
        <ThreePlanes volume={volume} />
        {isArriving && firstImage !== null ? (
          <figure className="first-over">
            <PictureCanvas picture={firstImage} label={phrase('viewer.picture.first')} />
            <figcaption>{phrase('viewer.picture.first')}</figcaption>
          </figure>
        ) : null}
      </div>
      <Filmstrip />
    </div>
  )
}
