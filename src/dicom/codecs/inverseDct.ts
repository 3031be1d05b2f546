/** cos((2x + 1)uπ/16)·C(u)/2 at [x·8 + u], with C(0) = 1/√2. */
const BASIS = Float64Array.from({ length: 64 }, (_, n) => {
  const [x, u] = [n >> 3, n & 7]
  return (Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1)) / 2
})
const rows = new Float64Array(64)

/**
 * The inverse discrete cosine transform of one 8 × 8 block, in floating point, so that rounding happens once.
 *
 * @param coefficients - Dequantised, row by row.
 * @param samples - Receives 64 samples, not yet rounded or shifted.
 * @see ITU-T T.81 A.3.3
 */
export function inverseDct(coefficients: Float64Array, samples: Float64Array): void {
  for (let v = 0; v < 8; v++)
    for (let x = 0; x < 8; x++) {
      let sum = 0
      for (let u = 0; u < 8; u++) sum += (BASIS[x * 8 + u] as number) * (coefficients[v * 8 + u] as number)
      rows[v * 8 + x] = sum
    }
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      let sum = 0
      for (let v = 0; v < 8; v++) sum += (BASIS[y * 8 + v] as number) * (rows[v * 8 + x] as number)
      samples[y * 8 + x] = sum
    }
}

/** Position in a block, row by row, of the n-th coefficient in zigzag order. @see ITU-T T.81 figure A.6 */
export const ZIGZAG: Uint8Array = zigzag()

function zigzag(): Uint8Array {
  const order = new Uint8Array(64)
  let n = 0
  for (let diagonal = 0; diagonal < 15; diagonal++)
    for (let step = 0; step <= diagonal; step++) {
      const isUpward = diagonal % 2 === 0
      const row = isUpward ? diagonal - step : step
      const column = diagonal - row
      if (row < 8 && column < 8) order[n++] = row * 8 + column
    }
  return order
}
