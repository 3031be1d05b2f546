import { axisTicks } from './axisTicks.ts'
import { type Color, PALETTE } from './color.ts'
import { fillPath } from './fillPath.ts'
import { createPicture, type Picture } from './picture.ts'
import { disc, strokePath } from './strokePath.ts'
import { drawText, type TextStyle } from './text.ts'

/** A measured point with its error bars, in the units of the axes. */
export interface PlotPoint {
  readonly x: number
  readonly y: number
  /** Half the length of the bar along x. */
  readonly xError?: number
  /** Half the length of the bar along y. */
  readonly yError?: number
  readonly label?: string
  readonly color?: Color
}

/** A plot of points and lines on one pair of linear axes. */
export interface Plot {
  readonly title: string
  /** Name and unit of the axis, for example `CT number (HU)`. */
  readonly xLabel: string
  readonly yLabel: string
  readonly points: readonly PlotPoint[]
  /** The line y = slope·x + intercept, over the whole width. */
  readonly line?: { readonly slope: number; readonly intercept: number; readonly label: string }
  /** Named limits, drawn across the plot at one value of y. */
  readonly cuts?: readonly { readonly y: number; readonly label: string }[]
  /** Written small below the axis. */
  readonly caption?: string
}

/** The inks of a plot; the default is the dark screen. */
export interface PlotInk {
  readonly ground: Color
  readonly ink: Color
  readonly muted: Color
  readonly hairline: Color
}

const DARK: PlotInk = {
  ground: PALETTE.panel,
  ink: PALETTE.text,
  muted: PALETTE.muted,
  hairline: PALETTE.line,
}

const MARGIN = { left: 76, right: 28, top: 46, bottom: 76 }
const MINUS = '\u2212'
const written = (value: number, decimals: number) =>
  (Math.abs(value) < 10 ** -decimals / 2 ? 0 : value).toFixed(decimals).replace('-', MINUS)

/**
 * Draws a plot: axes with units, hairline grid, points with error bars and names, a fitted line, named limits.
 *
 * Every bar end and limit lies inside the axes; nothing is cut off.
 */
export function plotPicture(plot: Plot, width: number, height: number, ink: PlotInk = DARK): Picture {
  const picture = createPicture(width, height, ink.ground)
  const { points, line } = plot
  const xs = axisTicks(
    points.flatMap(({ x, xError = 0 }) => [x - xError, x + xError]),
    Math.max(2, Math.round((width - MARGIN.left - MARGIN.right) / 90)),
  )
  const lineEnds = line === undefined ? [] : [xs.low, xs.high].map((x) => line.slope * x + line.intercept)
  const ys = axisTicks(
    [
      ...points.flatMap(({ y, yError = 0 }) => [y - yError, y + yError]),
      ...(plot.cuts ?? []).map(({ y }) => y),
      ...lineEnds,
    ],
    Math.max(2, Math.round((height - MARGIN.top - MARGIN.bottom) / 55)),
  )
  const [left, right] = [MARGIN.left, width - MARGIN.right]
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom]
  const toX = (x: number) => left + ((x - xs.low) / (xs.high - xs.low)) * (right - left)
  const toY = (y: number) => bottom - ((y - ys.low) / (ys.high - ys.low)) * (bottom - top)
  const number: TextStyle = { size: 12, color: ink.muted }
  const stroke = (
    outline: readonly number[],
    color: Color,
    thickness: number,
    dash?: readonly [number, number],
  ) => strokePath(picture, outline, { color, width: thickness, ...(dash ? { dash } : {}) })
  // Hairlines on pixel centres stay one pixel wide.
  const crisp = (value: number) => Math.round(value - 0.5) + 0.5

  for (const x of xs.ticks) {
    stroke([crisp(toX(x)), top, crisp(toX(x)), bottom], ink.hairline, 1)
    drawText(picture, written(x, xs.decimals), toX(x), bottom + 20, { ...number, align: 'middle' })
  }
  for (const y of ys.ticks) {
    stroke([left, crisp(toY(y)), right, crisp(toY(y))], ink.hairline, 1)
    drawText(picture, written(y, ys.decimals), left - 9, toY(y), {
      ...number,
      align: 'end',
      baseline: 'middle',
    })
  }
  stroke([crisp(left), top, crisp(left), crisp(bottom), right, crisp(bottom)], ink.muted, 1)

  const named: TextStyle = { size: 13, color: ink.ink }
  drawText(picture, plot.title, left, top - 22, { ...named, size: 15 })
  drawText(picture, plot.xLabel, (left + right) / 2, bottom + 42, { ...named, align: 'middle' })
  drawText(picture, plot.yLabel, 24, (top + bottom) / 2, { ...named, align: 'middle', upwards: true })
  if (plot.caption !== undefined) {
    drawText(picture, plot.caption, left, height - 12, { size: 11, color: ink.muted })
  }

  for (const { y, label } of plot.cuts ?? []) {
    stroke([left, toY(y), right, toY(y)], ink.muted, 1.25, [7, 4])
    drawText(picture, label, right - 6, toY(y) - 6, {
      ...number,
      color: ink.ink,
      align: 'end',
      rim: ink.ground,
    })
  }
  if (line !== undefined) {
    stroke([toX(xs.low), toY(lineEnds[0]!), toX(xs.high), toY(lineEnds[1]!)], ink.muted, 1.5)
    drawText(picture, line.label, right - 6, bottom - 12, {
      ...number,
      color: ink.ink,
      align: 'end',
      rim: ink.ground,
    })
  }
  for (const point of points) drawPoint(picture, point, toX, toY, ink)
  return picture
}

/** One point with its bars and name. */
function drawPoint(
  picture: Picture,
  { x, y, xError = 0, yError = 0, label, color = PALETTE.rods }: PlotPoint,
  toX: (x: number) => number,
  toY: (y: number) => number,
  ink: PlotInk,
): void {
  const [px, py] = [toX(x), toY(y)]
  const bar = { color, width: 1.5 }
  const [x0, x1, y0, y1] = [toX(x - xError), toX(x + xError), toY(y - yError), toY(y + yError)]
  // A bar shorter than the disc would only blur its edge.
  if (x1 - x0 > 10) {
    strokePath(picture, [x0, py, x1, py], bar)
    for (const end of [x0, x1]) strokePath(picture, [end, py - 4, end, py + 4], bar)
  }
  if (y0 - y1 > 10) {
    strokePath(picture, [px, y0, px, y1], bar)
    for (const end of [y0, y1]) strokePath(picture, [px - 4, end, px + 4, end], bar)
  }
  if (!Number.isFinite(px) || !Number.isFinite(py)) return
  fillPath(picture, [disc(px, py, 5.5, 32)], ink.ground)
  fillPath(picture, [disc(px, py, 4.5, 32)], color)
  if (label !== undefined) {
    drawText(picture, label, px, py - 14, { size: 12, color: ink.ink, align: 'middle', rim: ink.ground })
  }
}
