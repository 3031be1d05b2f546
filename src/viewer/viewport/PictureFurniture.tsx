import { scale } from '../../core/geometry/vector.ts'
import { phrase } from '../../core/words/words.ts'
import { orientationLetters } from './orientationLetters.ts'
import type { PictureProjection } from './pictureCamera.ts'
import { scaleBar } from './scaleBar.ts'
import type { GreyWindow } from './viewportProps.ts'

/** What stands at the edges of every picture: plane, slice, window, slab, orientation letters, scale bar. */
export function PictureFurniture(props: {
  readonly projection: PictureProjection
  readonly name: string
  /** For example `slice 12 of 60`; empty for a plane that runs askew. */
  readonly slice: string
  readonly window: GreyWindow
  readonly slabMm: number
  /** Said while slices are missing; empty otherwise. */
  readonly progress: string
}) {
  const { projection, name, slice, window, slabMm, progress } = props
  const { size, frame, mmPerPixel } = projection
  const { width, height } = size
  const bar = scaleBar(mmPerPixel, width)
  const barX = width - 12 - bar.pixels
  const slab = slabMm > 0 ? phrase('viewer.viewport.slab', { thickness: slabMm }) : ''
  const letters = [
    { at: [width / 2, 16], text: orientationLetters(frame.up), anchor: 'middle' },
    { at: [width / 2, height - 8], text: orientationLetters(scale(frame.up, -1)), anchor: 'middle' },
    { at: [8, height / 2 + 4], text: orientationLetters(scale(frame.right, -1)), anchor: 'start' },
    { at: [width - 8, height / 2 + 4], text: orientationLetters(frame.right), anchor: 'end' },
  ] as const
  return (
    <g className="picture-furniture">
      <text x={8} y={16} className="picture-name">
        {name}
      </text>
      <text x={8} y={32} data-part="slice">
        {slice}
      </text>
      <text x={8} y={height - 24} data-part="slab">
        {slab}
      </text>
      <text x={8} y={height - 8} data-part="window">
        {phrase('viewer.viewport.window', {
          width: Math.round(window.width),
          center: Math.round(window.center),
        })}
      </text>
      {progress !== '' && (
        <text x={8} y={48} className="picture-progress">
          {progress}
        </text>
      )}
      {letters.map(({ at, text, anchor }) => (
        <text key={`${at[0]},${at[1]}`} x={at[0]} y={at[1]} textAnchor={anchor} className="picture-letter">
          {text}
        </text>
      ))}
      <g data-part="scale-bar" data-length-mm={bar.lengthMm}>
        <path
          d={`M${barX} ${height - 18}v8M${barX} ${height - 14}h${bar.pixels}M${barX + bar.pixels} ${height - 18}v8`}
          className="picture-bar"
        />
        <text x={barX + bar.pixels} y={height - 22} textAnchor="end">
          {bar.label}
        </text>
      </g>
    </g>
  )
}
