/**
 * A small picture at right angles to the slice axis, in HU.
 *
 * Positions (x, y) are in mm along the volume's two in-plane axes, 0 at the centre of the volume's first voxel.
 */
export interface PlaneImage {
  readonly columns: number
  readonly rows: number
  /** Pixel size in x and y, mm. */
  readonly spacing: readonly [number, number]
  /** Position of the centre of the first pixel, mm. */
  readonly origin: readonly [number, number]
  readonly values: Float32Array
}

/** Bilinear value at a position; NaN outside. */
export function valueAt(image: PlaneImage, x: number, y: number): number {
  const { columns, rows, values } = image
  const u = (x - image.origin[0]) / image.spacing[0]
  const v = (y - image.origin[1]) / image.spacing[1]
  if (!(u >= 0 && v >= 0 && u <= columns - 1 && v <= rows - 1)) return Number.NaN
  const i = Math.min(u | 0, columns - 2)
  const j = Math.min(v | 0, rows - 2)
  const fu = u - i
  const fv = v - j
  const at = i + columns * j
  const upper = values[at]! + fu * (values[at + 1]! - values[at]!)
  const lower = values[at + columns]! + fu * (values[at + columns + 1]! - values[at + columns]!)
  return upper + fv * (lower - upper)
}

/** Mean and SD of the pixels whose centre lies in a disc; NaN when fewer than four do. */
export function discStatistics(
  image: PlaneImage,
  x: number,
  y: number,
  radius: number,
): { readonly mean: number; readonly sd: number } {
  const { columns, rows, spacing, origin, values } = image
  const lowI = Math.max(0, Math.ceil((x - radius - origin[0]) / spacing[0]))
  const highI = Math.min(columns - 1, Math.floor((x + radius - origin[0]) / spacing[0]))
  const lowJ = Math.max(0, Math.ceil((y - radius - origin[1]) / spacing[1]))
  const highJ = Math.min(rows - 1, Math.floor((y + radius - origin[1]) / spacing[1]))
  let n = 0
  let sum = 0
  let squares = 0
  const base = values[lowI + columns * lowJ] ?? 0 // shifts the sums so that squares keep their digits
  for (let j = lowJ; j <= highJ; j++) {
    const dy = origin[1] + j * spacing[1] - y
    for (let i = lowI; i <= highI; i++) {
      const dx = origin[0] + i * spacing[0] - x
      if (dx * dx + dy * dy > radius * radius) continue
      const value = values[i + columns * j]! - base
      n++
      sum += value
      squares += value * value
    }
  }
  if (n < 4) return { mean: Number.NaN, sd: Number.NaN }
  return { mean: base + sum / n, sd: Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1)) }
}

/** The picture smoothed with the 3 × 3 binomial kernel; the outermost pixels stay as they are. */
export function smoothed(image: PlaneImage): PlaneImage {
  const { columns, rows, values } = image
  const across = Float32Array.from(values)
  for (let j = 0; j < rows; j++) {
    const row = columns * j
    for (let i = 1; i < columns - 1; i++) {
      across[row + i] = 0.25 * (values[row + i - 1]! + 2 * values[row + i]! + values[row + i + 1]!)
    }
  }
  const out = Float32Array.from(across)
  for (let at = columns; at < columns * (rows - 1); at++) {
    out[at] = 0.25 * (across[at - columns]! + 2 * across[at]! + across[at + columns]!)
  }
  return { ...image, values: out }
}
