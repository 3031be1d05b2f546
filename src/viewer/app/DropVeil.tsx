import { useEffect, useState } from 'react'
import { phrase } from '../../core/words/words.ts'
import { session } from '../state/session.ts'
import { goTo } from '../state/viewActions.ts'
import { droppedFiles } from '../tasks/open/droppedFiles.ts'

/** The whole page takes a drop, whatever is on screen; while something hangs over it, it says so. */
export function DropVeil() {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      if (event.dataTransfer === null || !hasFiles(event)) return
      event.preventDefault()
      setIsOver(false)
      goTo('open')
      void droppedFiles(event.dataTransfer).then((files) => session.open(files))
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  return isOver ? <div className="drop-veil">{phrase('viewer.open.dropNow')}</div> : null
}
