import { useEffect, useState } from 'react'
import { phrase } from '../../../core/words/words.ts'
import { session } from '../../state/session.ts'
import { selectLevel } from '../../state/viewActions.ts'
import { useViewer, useViewerCalmly } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { PictureCanvas } from '../../ui/PictureCanvas.tsx'
import type { LevelPicture } from '../../worker/examWorkerApi.ts'

/** One small sagittal picture per level with its VOI; a click shows the level. */
export function Filmstrip() {
  const record = useViewerCalmly((state) => state.record)
  const selected = useViewer((state) => state.selectedLevel)
  const [pictures, setPictures] = useState<readonly LevelPicture[]>([])
  useEffect(() => {
    if (record === null) {
      setPictures([])
      return
    }
    let isWanted = true
    void session.client.filmstrip(record).then((made) => {
      if (isWanted && made.ok) setPictures(made.value)
    })
    return () => {
      isWanted = false
    }
  }, [record])
  return (
    <ul className="filmstrip" aria-label={phrase('viewer.picture.filmstrip')}>
      {record?.results.spine.levels.map(({ level, refusal, warnings }) => {
        const picture = pictures.find((made) => made.level === level)?.picture
        return (
          <li key={level}>
            <Button
              tone="quiet"
              aria-pressed={level === selected}
              aria-label={phrase('viewer.picture.level', { level })}
              onPress={() => selectLevel(level)}
            >
              <span className="film">
                {picture === undefined ? null : <PictureCanvas picture={picture} label={level} />}
              </span>
              <span>
                {level}
                {refusal !== null ? <span className="refusal-text"> ✕</span> : null}
                {refusal === null && warnings.length > 0 ? <span className="doubt-text"> ▲</span> : null}
              </span>
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
