import { randomStream } from './syntheticVolume.ts'

/** Correlated noise of SD 1 on a grid: white noise filtered with Gaussians, in the slice and through the slices. */
export function correlatedNoise(
  size: readonly [number, number, number],
  sigma: readonly [inPlane: number, throughSlices: number],
  seed: number,
): Float64Array {
  const random = randomStream(seed)
  let field = Float64Array.from({ length: size[0] * size[1] * size[2] }, () => {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  })
  const strides = [1, size[0], size[0] * size[1]]
  for (const axis of [0, 1, 2]) {
    const width = axis === 2 ? sigma[1] : sigma[0]
    if (width === 0) continue
    const reach = Math.ceil(3.5 * width)
    const taps = Array.from({ length: 2 * reach + 1 }, (_, t) =>
      Math.exp(-((t - reach) ** 2) / (2 * width * width)),
    )
    const norm = Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0))
    const out = new Float64Array(field.length)
    const n = size[axis]!
    const stride = strides[axis]!
    for (let at = 0; at < out.length; at++) {
      const here = Math.floor(at / stride) % n
      let sum = 0
      // Wrapped around: the noise is the same at the faces as inside.
      for (let t = -reach; t <= reach; t++) {
        const from = (((here + t) % n) + n) % n
        sum += taps[t + reach]! * field[at + (from - here) * stride]!
      }
      out[at] = sum / norm
    }
    field = out
  }
  return field
}

/**
 * Noise of SD 1 with a hole at low frequencies, as a ramp filter leaves it: a Gaussian less `loss` times one twice as
 * wide, slices independent.
 */
export function rampNoise(
  size: readonly [number, number, number],
  sigma: number,
  loss: number,
  seed: number,
): Float64Array {
  // The same white noise under both filters. White noise of SD 1 through a Gaussian has SD 1/(2σ√π).
  const fine = correlatedNoise(size, [sigma, 0], seed)
  const coarse = correlatedNoise(size, [2 * sigma, 0], seed)
  const mixed = fine.map((value, at) => value / sigma - (loss * coarse[at]!) / (2 * sigma))
  const sd = Math.sqrt(mixed.reduce((sum, value) => sum + value * value, 0) / mixed.length)
  return mixed.map((value) => value / sd)
}
