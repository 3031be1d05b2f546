import { type LpsVector, lpsVector } from '../../geometry/lps.ts'
import type { Mm } from '../../units.ts'
import type { ViewPlane } from '../reslice.ts'
import { PALETTE, withOpacity } from './color.ts'
import { orientationLetters } from './orientationLetters.ts'
import type { Picture } from './picture.ts'
import { strokePath } from './strokePath.ts'
import { drawText, type TextStyle } from './text.ts'

const MARGIN = 10
const SIZE = 13
const RIM = withOpacity(PALETTE.background, 0.75)
/** Lengths of the scale bar, in mm; the longest that takes no more than a third of the width is drawn. */
const BAR_LENGTHS = [100, 50, 20, 10, 5, 2, 1]

const opposite = (direction: LpsVector) => lpsVector(-direction[0], -direction[1], -direction[2])

/** Draws the scale bar, the letters of the sides that the edges point to, and the plane's name. */
export function drawPictureMarks(picture: Picture, plane: ViewPlane, pixelSpacing: Mm, name: string): void {
  const { width, height } = picture
  const style: TextStyle = { size: SIZE, color: PALETTE.text, rim: RIM, align: 'middle', baseline: 'middle' }
  const edge = MARGIN + SIZE / 2
  drawText(picture, orientationLetters(plane.right), width - edge, height / 2, style)
  drawText(picture, orientationLetters(opposite(plane.right)), edge, height / 2, style)
  drawText(picture, orientationLetters(plane.down), width / 2, height - edge, style)
  drawText(picture, orientationLetters(opposite(plane.down)), width / 2, edge, style)
  drawText(picture, name, MARGIN, MARGIN, { ...style, align: 'start', baseline: 'top' })

  const length = BAR_LENGTHS.find((mm) => mm / pixelSpacing <= width / 3) ?? 1
  const y = height - MARGIN - 3
  const end = MARGIN + length / pixelSpacing
  const bar = [MARGIN, y - 4, MARGIN, y, end, y, end, y - 4]
  strokePath(picture, bar, { color: RIM, width: 4 })
  strokePath(picture, bar, { color: PALETTE.text, width: 1.5 })
  drawText(picture, `${length} mm`, MARGIN + 1, y - 9, {
    ...style,
    size: 12,
    align: 'start',
    baseline: 'baseline',
  })
}
