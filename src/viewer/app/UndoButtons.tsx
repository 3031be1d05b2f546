import { phrase } from '../../core/words/words.ts'
import { session } from '../state/session.ts'
import { useViewer } from '../state/viewerStore.ts'
import { Button } from '../ui/Button.tsx'

/** Undo and redo where they are looked for; each says which decision it is about. Nothing before the first decision. */
export function UndoButtons() {
  const { past, future } = useViewer((state) => state.decisions)
  const isFixed = useViewer(
    ({ record, supersedes }) => (record?.signatures.length ?? 0) > 0 && supersedes === null,
  )
  if (isFixed || (past.length === 0 && future.length === 0)) return null
  const words = (does: string, label: string | undefined) =>
    label === undefined ? does : `${does}: ${label}`
  return (
    <>
      <Button
        tone="quiet"
        isDisabled={past.length === 0}
        aria-label={words(phrase('viewer.undo.undo'), past.at(-1)?.label)}
        onPress={() => session.undo()}
      >
        {phrase('viewer.undo.undo')}
      </Button>
      <Button
        tone="quiet"
        isDisabled={future.length === 0}
        aria-label={words(phrase('viewer.undo.redo'), future[0]?.label)}
        onPress={() => session.redo()}
      >
        {phrase('viewer.undo.redo')}
      </Button>
    </>
  )
}
