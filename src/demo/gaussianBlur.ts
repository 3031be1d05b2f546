/** Weights of a discrete Gaussian of SD `sigma` (in pixels): sum 1, variance sigma² exactly or to 10⁻³. */
export function gaussianKernel(sigma: number): Float64Array {
  if (sigma <= 0) return Float64Array.of(1)
  // below half a pixel a sampled Gaussian is too narrow; three taps can carry the variance exactly
  if (sigma < 0.5) return Float64Array.of(sigma ** 2 / 2, 1 - sigma ** 2, sigma ** 2 / 2)
  const radius = Math.ceil(4 * sigma)
  const weights = new Float64Array(2 * radius + 1)
  let sum = 0
  for (let at = -radius; at <= radius; at++) {
    weights[at + radius] = Math.exp(-0.5 * (at / sigma) ** 2)
    sum += weights[at + radius]!
  }
  return weights.map((weight) => weight / sum)
}

/** Blurs an image in place along columns and rows; `wraps` joins opposite edges, otherwise the edge pixel goes on. */
export function blurImage(
  image: Float32Array,
  columns: number,
  rows: number,
  kernel: Float64Array,
  wraps: boolean,
): void {
  const radius = (kernel.length - 1) / 2
  if (radius === 0) return
  const half = Float64Array.from({ length: radius + 1 }, (_, at) => kernel[radius + at]!)
  const line = new Float32Array(columns + 2 * radius)
  for (let row = 0; row < rows; row++) {
    const start = row * columns
    line.set(image.subarray(start, start + columns), radius)
    for (let at = 0; at < radius; at++) {
      line[at] = wraps ? image[start + columns - radius + at]! : image[start]!
      line[columns + radius + at] = wraps ? image[start + at]! : image[start + columns - 1]!
    }
    for (let column = 0; column < columns; column++) {
      const middle = column + radius
      let sum = half[0]! * line[middle]!
      for (let at = 1; at <= radius; at++) sum += half[at]! * (line[middle - at]! + line[middle + at]!)
      image[start + column] = sum
    }
  }
  // down the columns row by row, so that memory is read in its own order; the last rows are kept until used
  const kept = new Float32Array(columns * (rows + 2 * radius))
  kept.set(image, columns * radius)
  for (let at = 0; at < radius; at++) {
    const above = wraps ? rows - radius + at : 0
    const below = wraps ? at : rows - 1
    kept.set(image.subarray(above * columns, (above + 1) * columns), at * columns)
    kept.set(image.subarray(below * columns, (below + 1) * columns), (rows + radius + at) * columns)
  }
  for (let row = 0; row < rows; row++) {
    const out = row * columns
    const middle = (row + radius) * columns
    for (let column = 0; column < columns; column++) {
      let sum = half[0]! * kept[middle + column]!
      for (let at = 1; at <= radius; at++)
        sum += half[at]! * (kept[middle + column - at * columns]! + kept[middle + column + at * columns]!)
      image[out + column] = sum
    }
  }
}
