import type { FittedCircle } from './circleFit.ts'
import type { PlaneImage } from './planeImage.ts'

/** CT numbers this near to the ring round a rod belong to its holder, HU. */
const SAME_HOLDER = 45
/** A holder with two rods lies within this distance of each of them, mm. */
const REACH = 90
/** A holder is longer than thick, and its rods lie on its middle line, mm. */
const ELONGATION = 1.4
const OFF_LINE = 2

/** Pixels of the holder round a rod, the rod itself included; null when they run on beyond the reach. */
function holderPixels(image: PlaneImage, rod: FittedCircle): readonly number[] | null {
  const { columns, rows, spacing, origin, values } = image
  const [px, py] = spacing
  const state = new Uint8Array(columns * rows)
  const pixels: number[] = []
  const visit = (i: number, j: number) => {
    const at = i + columns * j
    if (state[at] !== 0) return
    const away = Math.hypot(origin[0] + i * px - rod.x, origin[1] + j * py - rod.y)
    const isHolder = Math.abs(values[at]! - rod.around) <= SAME_HOLDER || away <= rod.radius + 2
    state[at] = 1
    if (isHolder) pixels.push(at)
  }
  visit(Math.round((rod.x - origin[0]) / px), Math.round((rod.y - origin[1]) / py))
  for (let next = 0; next < pixels.length; next++) {
    const i = pixels[next]! % columns
    const j = Math.floor(pixels[next]! / columns)
    const away = Math.hypot(origin[0] + i * px - rod.x, origin[1] + j * py - rod.y)
    if (away > REACH || i === 0 || j === 0 || i === columns - 1 || j === rows - 1) return null
    visit(i - 1, j)
    visit(i + 1, j)
    visit(i, j - 1)
    visit(i, j + 1)
  }
  return pixels
}

/**
 * Where a rod's twin lies in a holder built evenly about its middle: the only evidence of a rod that reads exactly
 * like its holder.
 *
 * @returns null when the holder cannot be told from what touches it, or is not longer than thick.
 */
export function mirroredInHolder(image: PlaneImage, rod: FittedCircle): { x: number; y: number } | null {
  const pixels = holderPixels(image, rod)
  if (pixels === null || pixels.length === 0) return null
  const { columns, spacing, origin } = image
  const places = pixels.map((at) => [
    origin[0] + (at % columns) * spacing[0],
    origin[1] + Math.floor(at / columns) * spacing[1],
  ])
  const mean = [0, 1].map((axis) => places.reduce((sum, place) => sum + place[axis]!, 0) / places.length)
  let [xx, xy, yy] = [0, 0, 0]
  for (const place of places) {
    const [dx, dy] = [place[0]! - mean[0]!, place[1]! - mean[1]!]
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  const spread = Math.hypot((xx - yy) / 2, xy)
  const [major, minor] = [(xx + yy) / 2 + spread, (xx + yy) / 2 - spread]
  if (!(major >= ELONGATION ** 2 * minor)) return null
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const [dx, dy] = [rod.x - mean[0]!, rod.y - mean[1]!]
  if (Math.abs(dx * uy - dy * ux) > OFF_LINE) return null
  const along = dx * ux + dy * uy
  return { x: rod.x - 2 * along * ux, y: rod.y - 2 * along * uy }
}
