/** A stream of reproducible pseudo-random numbers. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  readonly uniform: () => number
  /** Uniform between two numbers. */
  readonly between: (low: number, high: number) => number
  /** Normal with mean 0 and SD 1. */
  readonly gaussian: () => number
  /** One entry of a list. */
  readonly pick: <T>(entries: readonly [T, ...T[]]) => T
}

/** Four well-mixed 32-bit words of a text: the root of every stream and of every UID of a digital exam. */
export function hashWords(text: string): readonly [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}

/**
 * Opens the stream that belongs to a key. Each purpose has a key of its own, so drawing one number more for the
 * phantom changes nothing in the noise.
 *
 * The generator is sfc32 (small fast counting, 128 bits of state).
 * @see Doty-Humphrey C. PractRand, https://pracrand.sourceforge.net/
 */
export function seededRandom(key: string): SeededRandom {
  let [a, b, c, counter] = hashWords(key)
  const uniform = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4294967296
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) uniform()

  let spare: number | undefined
  const gaussian = () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    gaussian,
    pick: (entries) => entries[Math.min(entries.length - 1, Math.floor(uniform() * entries.length))]!,
  }
}
