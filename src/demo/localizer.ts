import { STORED_OFFSET } from './storedSlice.ts'

/** A frontal scout image in the making: what each slice lets through, summed from front to back. */
export interface ScoutRows {
  readonly columns: number
  readonly pixel: number
  /** Water-equivalent path in mm of every column, one row per slice, feet first. */
  readonly paths: Float32Array[]
}

/** Adds the row of the scout that a slice (HU) stands for. */
export function addScoutRow(scout: ScoutRows, slice: Float32Array): void {
  const { columns, pixel } = scout
  const path = new Float32Array(columns)
  for (let at = 0, column = 0; at < slice.length; at++) {
    path[column] = path[column]! + slice[at]!
    column = column + 1 === columns ? 0 : column + 1
  }
  const rows = slice.length / columns
  for (let column = 0; column < columns; column++)
    path[column] = ((path[column]! + 1000 * rows) / 1000) * pixel
  scout.paths.push(path)
}

/** A finished scout image: stored values, head up, patient's right at the left edge, square pixels. */
export interface ScoutImage {
  readonly columns: number
  readonly rows: number
  readonly pixels: Uint16Array
}

/** Share of the smooth part that a scout's edge filter takes away, and the width of that filter in pixels. */
const FLATTENING = 0.55
const FILTER_REACH = 12

/** Forms the scout: rows resampled to square pixels, paths on a logarithm-free scale, edges lifted. */
export function scoutImage({ columns, pixel, paths }: ScoutRows, sliceSpacing: number): ScoutImage {
  const rows = Math.max(1, Math.round((paths.length * sliceSpacing) / pixel))
  const path = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const slice = ((rows - row - 0.5) * pixel) / sliceSpacing - 0.5
    const low = Math.min(paths.length - 1, Math.max(0, Math.floor(slice)))
    const high = Math.min(paths.length - 1, low + 1)
    const share = Math.min(1, Math.max(0, slice - low))
    const [lower, upper] = [paths[low]!, paths[high]!]
    for (let column = 0; column < columns; column++)
      path[row * columns + column] = lower[column]! * (1 - share) + upper[column]! * share
  }
  const pixels = new Uint16Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [sum, count] = [0, 0]
      for (let step = -FILTER_REACH; step <= FILTER_REACH; step++) {
        const at = column + step
        if (at < 0 || at >= columns) continue
        sum += path[row * columns + at]!
        count++
      }
      const value = path[row * columns + column]!
      const lifted = 5 * (value - FLATTENING * (sum / count)) - 500
      pixels[row * columns + column] = Math.min(4095, Math.max(0, Math.round(lifted + STORED_OFFSET)))
    }
  }
  return { columns, rows, pixels }
}
