import { FileTrigger } from 'react-aria-components'
import { phrase } from '../../../core/words/words.ts'
import { session } from '../../state/session.ts'
import { useViewer, useViewerCalmly } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { PictureCanvas } from '../../ui/PictureCanvas.tsx'
import { openDemoExam } from './demoExam.ts'
import { chosenFiles } from './droppedFiles.ts'
import { KeepPanel } from './KeepPanel.tsx'
import { SourceList } from './SourceList.tsx'
import { WorkList } from './WorkList.tsx'
import './open.css'

/** Where an exam comes in: a place that says what can be dropped, then what was found in the drop. */
export function OpenPage() {
  const phase = useViewer((state) => state.phase)
  const drop = useViewerCalmly((state) => state.drop)
  const firstImage = useViewer((state) => state.firstImage)
  return (
    <div className="open-page">
      <Invitation isSmall={drop !== null || phase === 'opening'} />
      {phase === 'opening' && firstImage !== null ? (
        <figure className="open-first">
          <PictureCanvas picture={firstImage} label={phrase('viewer.picture.first')} />
          <figcaption className="muted">{phrase('viewer.picture.first')}</figcaption>
        </figure>
      ) : null}
      {drop === null ? null : <SourceList drop={drop} />}
      <WorkList />
      <KeepPanel />
    </div>
  )
}

function Invitation({ isSmall }: { readonly isSmall: boolean }) {
  const server = useViewer((state) => state.server)
  const open = (list: FileList | null) => void session.open(chosenFiles(list ?? []))
  return (
    <section className={isSmall ? 'invitation invitation-small' : 'invitation'}>
      <h2>{phrase(isSmall ? 'viewer.open.another' : 'viewer.open.drop')}</h2>
      <p className="muted">{phrase('viewer.open.what')}</p>
      <div className="row">
        <FileTrigger allowsMultiple onSelect={open}>
          <Button>{phrase('viewer.open.files')}</Button>
        </FileTrigger>
        <FileTrigger acceptDirectory onSelect={open}>
          <Button>{phrase('viewer.open.folder')}</Button>
        </FileTrigger>
        <Button
          tone={isSmall ? 'plain' : 'strong'}
          isDisabled={typeof server !== 'string'}
          onPress={() => void openDemoExam(session)}
        >
          {phrase('viewer.open.demo')}
        </Button>
      </div>
      {isSmall ? null : (
        <p className="muted">{phrase(server === null ? 'viewer.open.noServer' : 'viewer.open.demoHint')}</p>
      )}
    </section>
  )
}
