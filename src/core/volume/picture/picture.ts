import type { Color } from './color.ts'

/** A picture in memory, eight bits per channel, row by row from the top left. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, opacity of every pixel; always opaque. */
  readonly rgba: Uint8ClampedArray
}

/** A picture of one colour. */
export function createPicture(width: number, height: number, color: Color): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < rgba.length; at += 4) {
    rgba[at] = color.red
    rgba[at + 1] = color.green
    rgba[at + 2] = color.blue
    rgba[at + 3] = 255
  }
  return { width, height, rgba }
}

/** Copies a picture onto another, its top left corner at (x, y) in whole pixels; what does not fit is cut off. */
export function placePicture(onto: Picture, picture: Picture, x: number, y: number): void {
  const first = Math.max(0, -x)
  const last = Math.min(picture.width, onto.width - x)
  if (last <= first) return
  for (let row = Math.max(0, -y); row < Math.min(picture.height, onto.height - y); row++) {
    const from = 4 * (row * picture.width + first)
    const line = picture.rgba.subarray(from, from + 4 * (last - first))
    onto.rgba.set(line, 4 * ((row + y) * onto.width + x + first))
  }
}

/** Lays a colour over one pixel, with a coverage from 0 to 1 beside the colour's own opacity. */
export function blendPixel(picture: Picture, pixel: number, color: Color, coverage: number): void {
  const { rgba } = picture
  const share = color.opacity * coverage
  const at = 4 * pixel
  rgba[at]! += (color.red - rgba[at]!) * share
  rgba[at + 1]! += (color.green - rgba[at + 1]!) * share
  rgba[at + 2]! += (color.blue - rgba[at + 2]!) * share
}
