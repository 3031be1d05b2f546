import type { Hu } from '../../units.ts'
import type { PlaneImage } from '../reslice.ts'
import type { Color } from './color.ts'
import { createPicture, type Picture } from './picture.ts'

/** The range of CT numbers shown from black to white. */
export interface GreyWindow {
  readonly center: Hu
  readonly width: Hu
}

/** A plane of CT numbers as a grey picture; what was not measured shows `empty`. */
export function greyPicture(image: PlaneImage, window: GreyWindow, empty: Color): Picture {
  const picture = createPicture(image.width, image.height, empty)
  const low = window.center - window.width / 2
  const scale = 255 / Math.max(window.width, 1)
  for (let pixel = 0; pixel < image.hu.length; pixel++) {
    const value = image.hu[pixel]!
    if (Number.isNaN(value)) continue
    const grey = (value - low) * scale
    picture.rgba.fill(Math.max(0, Math.min(255, grey)), 4 * pixel, 4 * pixel + 3)
  }
  return picture
}
