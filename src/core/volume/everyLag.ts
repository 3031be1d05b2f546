import FFT from 'fft.js'

/** Largest transform, in points: 8 MiB for each of its two arrays. */
const LARGEST = 2 ** 18

/** Sums over all pairs at one shift of a line of values. */
export interface LagSums {
  /** Pairs of places of which both are taken. */
  readonly pairs: number
  /** Σ values[a]·values[a + shift]. */
  readonly products: number
}

/** Sines of a size are made once: it takes longer than a transform. */
let made: { readonly size: number; readonly fft: FFT } | undefined

function fftOf(size: number): FFT {
  if (made?.size !== size) made = { size, fft: new FFT(size) }
  return made.fft
}

/**
 * The sums of every shift at once, by one Fourier transform there and one back: worth it from some tens of shifts on.
 *
 * Values and places travel as real and imaginary part of one line. Both lines are real, so their spectra part again,
 * and both sums are real, so they come back side by side.
 *
 * @param taken - The places that hold a value, ascending or not.
 * @param values - The value of each of them.
 * @param length - Length of the line.
 * @param reach - The largest shift that will be asked for.
 * @returns The sums by shift, products right to about 1e-12 of Σ values²; null for a line too long to hold.
 * @see Wiener–Khinchin; Press WH et al. Numerical Recipes, 3rd ed., 12.3.1 (two real functions in one transform)
 */
export function everyLag(
  taken: Int32Array,
  values: Float64Array,
  length: number,
  reach: number,
): ((shift: number) => LagSums) | null {
  let size = 2
  // So long that a pair across the end of the line is never counted as one.
  while (size < length + reach) size *= 2
  if (size > LARGEST) return null
  const fft = fftOf(size)
  const line = new Float64Array(2 * size)
  for (let index = 0; index < taken.length; index++) {
    line[2 * taken[index]!] = values[index]!
    line[2 * taken[index]! + 1] = 1
  }
  const spectrum = new Float64Array(2 * size)
  fft.transform(spectrum, line)
  // At each frequency: (Z(f) + Z*(−f))/2 is the values' part, (Z(f) − Z*(−f))/2i that of the places.
  for (let f = 0; f < size; f++) {
    const mirror = (size - f) % size
    const [re, im] = [spectrum[2 * f]!, spectrum[2 * f + 1]!]
    const [reMirror, imMirror] = [spectrum[2 * mirror]!, spectrum[2 * mirror + 1]!]
    line[2 * f] = ((re + reMirror) ** 2 + (im - imMirror) ** 2) / 4
    line[2 * f + 1] = ((im + imMirror) ** 2 + (re - reMirror) ** 2) / 4
  }
  fft.inverseTransform(spectrum, line)
  return (shift) => ({
    pairs: Math.round(Math.abs(spectrum[2 * shift + 1]!)),
    products: spectrum[2 * shift]!,
  })
}
