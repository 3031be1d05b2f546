import type { Color } from './color.ts'
import { fillPath, type Outline } from './fillPath.ts'
import type { Picture } from './picture.ts'

/** How a line is drawn, in pixels. */
export interface Stroke {
  readonly color: Color
  readonly width: number
  readonly closed?: boolean
  /** Lengths of mark and gap; a solid line when left out. */
  readonly dash?: readonly [number, number]
}

/** Corners of the round ends and joins. */
const ROUND_CORNERS = 12

/** The pieces of a line that are drawn: all of it, or its marks. */
function marks(line: Outline, dash: readonly [number, number] | undefined): Outline[] {
  if (dash === undefined || !(dash[0] > 0) || !(dash[1] > 0)) return [line]
  const found: number[][] = []
  let isMark = true
  let left = dash[0]
  let open = [line[0]!, line[1]!]
  for (let at = 2; at + 1 < line.length; at += 2) {
    let [x, y] = [line[at - 2]!, line[at - 1]!]
    const [endX, endY] = [line[at]!, line[at + 1]!]
    let rest = Math.hypot(endX - x, endY - y)
    while (rest > left) {
      x += ((endX - x) * left) / rest
      y += ((endY - y) * left) / rest
      rest -= left
      if (isMark) {
        open.push(x, y)
        found.push(open)
      }
      isMark = !isMark
      left = dash[isMark ? 0 : 1]
      open = [x, y]
    }
    left -= rest
    if (isMark) open.push(endX, endY)
  }
  if (isMark && open.length > 2) found.push(open)
  return found
}

/** The outline of a disc. All strokes turn the same way, so that they unite when they are filled together. */
export function disc(x: number, y: number, radius: number, corners = ROUND_CORNERS): Outline {
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  }).flat()
}

/**
 * Draws a line through points (x0, y0, x1, y1, …) in pixels, with round joins and ends.
 *
 * Nothing is drawn where a coordinate is no finite number.
 */
export function strokePath(picture: Picture, points: Outline, stroke: Stroke): void {
  if (points.length < 4 || !points.every(Number.isFinite)) return
  const line = stroke.closed ? [...points, points[0]!, points[1]!] : points
  const half = stroke.width / 2
  const pieces: Outline[] = []
  for (const mark of marks(line, stroke.dash)) {
    for (let at = 2; at + 1 < mark.length; at += 2) {
      const [ax, ay, bx, by] = [mark[at - 2]!, mark[at - 1]!, mark[at]!, mark[at + 1]!]
      const length = Math.hypot(bx - ax, by - ay)
      if (length === 0) continue
      const nx = ((ay - by) / length) * half
      const ny = ((bx - ax) / length) * half
      // Turns the same way as `disc`.
      pieces.push([ax - nx, ay - ny, bx - nx, by - ny, bx + nx, by + ny, ax + nx, ay + ny])
    }
    const isInner = (at: number) => stroke.closed === true || (at > 0 && at < mark.length - 2)
    if (half <= 0.5) continue
    for (let at = 0; at + 1 < mark.length; at += 2) {
      if (isInner(at)) pieces.push(disc(mark[at]!, mark[at + 1]!, half))
    }
  }
  fillPath(picture, pieces, stroke.color)
}
