import { type RefObject, useEffect, useRef, useState } from 'react'
import type { GraphicsState, OpenPicture } from './graphics/graphics.ts'
import type { PictureView } from './graphics/picture.ts'
import type { MeasuredSize } from './usePictureSize.ts'
import type { ViewportVolume } from './viewportProps.ts'

/** The picture behind the overlay, and how its graphics are. */
export interface PictureGraphics {
  readonly state: GraphicsState
  readonly picture: RefObject<OpenPicture | null>
  retry(): void
}

/**
 * Keeps one picture of the graphics library in step with what React wants shown.
 *
 * The library is loaded with the first picture, so that the page stands before it does.
 */
export function useGraphics(
  id: string,
  element: RefObject<HTMLDivElement | null>,
  volume: ViewportVolume,
  view: PictureView | null,
  size: MeasuredSize | null,
): PictureGraphics {
  const [state, setState] = useState<GraphicsState>('starting')
  const [isOpen, setIsOpen] = useState(false)
  const picture = useRef<OpenPicture | null>(null)
  const latest = useRef({ volume, view })
  latest.current = { volume, view }
  const isReady = view !== null

  useEffect(() => {
    const target = element.current
    if (target === null || !isReady) return
    let isGone = false
    setState('starting')
    import('./graphics/graphics.ts').then(
      ({ openPicture }) => {
        const wanted = latest.current
        if (isGone || wanted.view === null) return
        const { volume, view } = wanted
        picture.current = openPicture({ id, element: target, volume, view, onState: setState })
        setIsOpen(true)
      },
      () => {
        if (!isGone) setState('failed')
      },
    )
    return () => {
      isGone = true
      picture.current?.close()
      picture.current = null
      setIsOpen(false)
    }
  }, [id, element, isReady])

  useEffect(() => {
    if (isOpen) picture.current?.setVolume(volume)
  }, [isOpen, volume])
  useEffect(() => {
    if (isOpen && size !== null) picture.current?.resize()
  }, [isOpen, size])
  useEffect(() => {
    if (isOpen && view !== null) picture.current?.setView(view)
  }, [isOpen, view])

  return { state, picture, retry: () => picture.current?.retry() }
}
