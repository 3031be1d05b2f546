import { type RefObject, useLayoutEffect, useState } from 'react'
import type { PictureSize } from './pictureCamera.ts'

/** An element's size in CSS pixels and the screen's pixels per CSS pixel. */
export interface MeasuredSize extends PictureSize {
  readonly pixelRatio: number
}

/** Follows the size of an element and the screen it is on; null until it has one. */
export function usePictureSize(element: RefObject<HTMLElement | null>): MeasuredSize | null {
  const [size, setSize] = useState<MeasuredSize | null>(null)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = target
      if (width < 2 || height < 2) return
      const pixelRatio = globalThis.devicePixelRatio || 1
      setSize((known) =>
        known?.width === width && known.height === height && known.pixelRatio === pixelRatio
          ? known
          : { width, height, pixelRatio },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    // Zooming the page or moving it to another screen changes the ratio and may leave the size as it is.
    globalThis.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      globalThis.removeEventListener('resize', measure)
    }
  }, [element])
  return size
}
