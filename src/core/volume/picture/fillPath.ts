import type { Color } from './color.ts'
import { blendPixel, type Picture } from './picture.ts'

/** A closed outline in pixels, (x0, y0, x1, y1, …), with (0, 0) at the top left corner of the first pixel. */
export type Outline = readonly number[]

/**
 * Fills closed outlines with exact area coverage of every pixel, so edges are smooth at any angle.
 *
 * Every edge adds the area to its right, signed by its direction, to its rows; a running sum along each row is then
 * the coverage. Outlines that run the other way inside others are holes (as in letters); outlines that run the same
 * way unite.
 */
export function fillPath(picture: Picture, outlines: readonly Outline[], color: Color): void {
  let [left, top, right, bottom] = [picture.width, picture.height, 0, 0]
  for (const outline of outlines) {
    for (let at = 0; at + 1 < outline.length; at += 2) {
      const [x, y] = [outline[at]!, outline[at + 1]!]
      if (!Number.isFinite(x) || !Number.isFinite(y)) return
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  left = Math.max(0, Math.floor(left))
  top = Math.max(0, Math.floor(top))
  right = Math.min(picture.width, Math.ceil(right))
  bottom = Math.min(picture.height, Math.ceil(bottom))
  const width = right - left
  const height = bottom - top
  if (width <= 0 || height <= 0) return

  const stride = width + 2
  const area = new Float64Array(stride * height)
  for (const outline of outlines) {
    const n = outline.length
    for (let at = 0, previous = n - 2; at < n; previous = at, at += 2) {
      const [ax, ay] = [outline[previous]! - left, outline[previous + 1]! - top]
      const [bx, by] = [outline[at]! - left, outline[at + 1]! - top]
      addEdge(area, stride, width, height, ax, ay, bx, by)
    }
  }
  for (let row = 0; row < height; row++) {
    let covered = 0
    for (let column = 0; column < width; column++) {
      covered += area[row * stride + column]!
      const coverage = Math.min(1, Math.abs(covered))
      // Rounding leaves 10⁻¹⁶ behind a closed outline.
      if (coverage > 1e-6) blendPixel(picture, (row + top) * picture.width + column + left, color, coverage)
    }
  }
}

/** Adds the signed area to the right of one edge to every row that it crosses. */
function addEdge(
  area: Float64Array,
  stride: number,
  width: number,
  height: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): void {
  if (ay === by) return
  const direction = ay < by ? 1 : -1
  const [x0, y0, x1, y1] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay]
  const perRow = (x1 - x0) / (y1 - y0)
  for (let row = Math.max(0, Math.floor(y0)); row < Math.min(height, Math.ceil(y1)); row++) {
    const from = Math.max(row, y0)
    const to = Math.min(row + 1, y1)
    const start = Math.min(width, Math.max(0, x0 + (from - y0) * perRow))
    const end = Math.min(width, Math.max(0, x0 + (to - y0) * perRow))
    addSpan(area, row * stride, Math.min(start, end), Math.max(start, end), (to - from) * direction)
  }
}

/** Spreads the height `amount` of an edge piece that runs from column `low` to column `high` within one row. */
function addSpan(area: Float64Array, row: number, low: number, high: number, amount: number): void {
  const first = Math.floor(low)
  const last = Math.ceil(high)
  if (last <= first + 1) {
    const rest = (low + high) / 2 - first // mean distance from the pixel's left side
    area[row + first]! += amount * (1 - rest)
    area[row + first + 1]! += amount * rest
    return
  }
  // Coverage of a pixel: the mean over the edge of how much of the pixel lies to the edge's right.
  const slope = 1 / (high - low)
  let before = 0
  for (let column = first; column < last; column++) {
    const a = Math.max(low, column)
    const b = Math.min(high, column + 1)
    const covered = slope * (a - low + (b - a) * (column + 1 - (a + b) / 2))
    area[row + column]! += amount * (covered - before)
    before = covered
  }
  area[row + last]! += amount * (1 - before)
}
