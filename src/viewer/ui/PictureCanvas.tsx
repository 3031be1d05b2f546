import { useEffect, useRef } from 'react'
import type { SmallPicture } from '../worker/examWorkerApi.ts'

/** A finished small picture on a canvas of its own size. */
export function PictureCanvas({
  picture,
  label,
}: {
  readonly picture: SmallPicture
  readonly label: string
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    context?.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0)
  }, [picture])
  return (
    <canvas
      ref={canvas}
      className="picture-canvas"
      width={picture.width}
      height={picture.height}
      role="img"
      aria-label={label}
    />
  )
}
