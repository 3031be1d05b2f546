/** Gaussian sampled at whole pixels, sum 1. */
function sampledGaussian(sigma: number): Float64Array {
  const radius = Math.ceil(4 * sigma)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-0.5 * ((at - radius) / sigma) ** 2),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

const varianceOf = (kernel: Float64Array) => {
  const radius = (kernel.length - 1) / 2
  return kernel.reduce((sum, weight, at) => sum + weight * (at - radius) ** 2, 0)
}

/** Weights of a discrete Gaussian of SD `sigma` (in pixels): sum 1, variance sigma² to 10⁻³. */
export function gaussianKernel(sigma: number): Float64Array {
  if (sigma <= 0) return Float64Array.of(1)
  // below half a pixel a sampled Gaussian cannot be wide enough; three taps carry the variance exactly
  if (sigma < 0.5) return Float64Array.of(sigma ** 2 / 2, 1 - sigma ** 2, sigma ** 2 / 2)
  // narrow ones come out too narrow when sampled, so the one is sought that comes out right
  let [low, high] = [sigma, 1.2 * sigma]
  for (let step = 0; step < 20; step++) {
    const tried = (low + high) / 2
    if (varianceOf(sampledGaussian(tried)) < sigma ** 2) low = tried
    else high = tried
  }
  return sampledGaussian(low)
}

/**
 * Blurs an image in place along columns and rows; `wraps` joins opposite edges, otherwise the edge pixel goes on.
 * Rows that hold one single value, at the top and at the bottom, are left alone where they cannot change.
 */
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
  const [first, last] = wraps ? [0, rows - 1] : busyRows(image, columns, rows, radius)
  if (first > last) return
  const busy = last - first + 1
  // both passes run over a padded copy, so that neither has to ask where the image ends
  const across = new Float32Array(columns + 2 * radius)
  const padded = new Float32Array(columns * (busy + 2 * radius))
  for (let row = -radius; row < busy + radius; row++) {
    const wanted = first + row
    const source = (wraps ? (wanted + rows) % rows : Math.min(rows - 1, Math.max(0, wanted))) * columns
    across.set(image.subarray(source, source + columns), radius)
    for (let at = 0; at < radius; at++) {
      across[at] = image[wraps ? source + columns - radius + at : source]!
      across[columns + radius + at] = image[wraps ? source + at : source + columns - 1]!
    }
    blurLine(across, 1, radius, padded, (row + radius) * columns, columns, half)
  }
  for (let row = 0; row < busy; row++)
    blurLine(padded, columns, (row + radius) * columns, image, (first + row) * columns, columns, half)
}

/** One line of weighted sums: `out[to + n]` from `from[at + n ± m·stride]`. */
function blurLine(
  from: Float32Array,
  stride: number,
  at: number,
  out: Float32Array,
  to: number,
  count: number,
  half: Float64Array,
): void {
  const radius = half.length - 1
  const [h0, h1, h2, h3] = [half[0]!, half[1]!, half[2] ?? 0, half[3] ?? 0]
  const [s2, s3] = [radius >= 2 ? 2 * stride : stride, radius >= 3 ? 3 * stride : stride]
  for (let n = 0; n < count; n++) {
    const middle = at + n
    out[to + n] =
      h0 * from[middle]! +
      h1 * (from[middle - stride]! + from[middle + stride]!) +
      h2 * (from[middle - s2]! + from[middle + s2]!) +
      h3 * (from[middle - s3]! + from[middle + s3]!)
  }
  // wider kernels add their outer taps one by one: a loop within the loop above costs all kernels dear
  for (let m = 4; m <= radius; m++) {
    const [weight, reach] = [half[m]!, m * stride]
    for (let n = 0; n < count; n++)
      out[to + n] = out[to + n]! + weight * (from[at + n - reach]! + from[at + n + reach]!)
  }
}

/** First and last row a blur can change: those within its radius of a pixel that differs from the corner above or below. */
function busyRows(image: Float32Array, columns: number, rows: number, radius: number): [number, number] {
  const isPlain = (row: number, value: number) => {
    for (let at = row * columns; at < (row + 1) * columns; at++) if (image[at] !== value) return false
    return true
  }
  let first = 0
  while (first < rows && isPlain(first, image[0]!)) first++
  if (first === rows) return [0, -1]
  let last = rows - 1
  while (last > first && isPlain(last, image[(rows - 1) * columns]!)) last--
  return [Math.max(0, first - radius), Math.min(rows - 1, last + radius)]
}
