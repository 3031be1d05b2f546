import { encode } from 'fast-png'
import type { Picture } from '../../core/volume/picture/picture.ts'

/** A picture as a PNG file: eight bits red, green, blue; the same bytes for the same picture. */
export function encodePng(picture: Picture): Uint8Array<ArrayBuffer> {
  const { width, height, rgba } = picture
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return new Uint8Array(encode({ width, height, data: rgb, depth: 8, channels: 3 }))
}
