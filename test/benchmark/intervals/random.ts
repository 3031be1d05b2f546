/** Numbers drawn for one repeat; the generator is the bench's own (mulberry32 and Box–Muller). */
export interface Draws {
  /** Uniform between two numbers. */
  readonly between: (low: number, high: number) => number
  /** Normal of mean 0. */
  readonly normal: (sd: number) => number
}

/** Opens the stream of a seed and an index. */
export function drawsOf(seed: number, index: number): Draws {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca77)) >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32
  }
  let spare: number | undefined
  const unit = () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const [radius, angle] = [Math.sqrt(-2 * Math.log(uniform())), 2 * Math.PI * uniform()]
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return { between: (low, high) => low + (high - low) * uniform(), normal: (sd) => sd * unit() }
}
