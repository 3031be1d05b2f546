import { phrase } from '../../../core/words/words.ts'
import { allowKeeping, eraseKept } from '../../state/keptDecisions.ts'
import { notify, useViewer, viewerStore } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Tick } from '../../ui/Tick.tsx'

/** Whether decisions are kept in this browser. With a server they always are kept there, and nothing is asked. */
export function KeepPanel() {
  const server = useViewer((state) => state.server)
  const isKept = useViewer((state) => state.isKeptHere)
  if (server !== null) return null
  const erase = () =>
    void eraseKept().then(
      () => notify({ tone: 'plain', text: phrase('viewer.keep.erased') }),
      () => notify({ tone: 'doubt', text: phrase('viewer.keep.notErased') }),
    )
  return (
    <section className="panel">
      <Tick
        label={phrase('viewer.keep.title')}
        isOn={isKept}
        onChange={(isOn) => {
          allowKeeping(isOn)
          viewerStore.setState({ isKeptHere: isOn })
        }}
      />
      <p className="muted">{phrase('viewer.keep.hint')}</p>
      <div className="row">
        <Button onPress={erase}>{phrase('viewer.keep.erase')}</Button>
      </div>
    </section>
  )
}
