/** The part of fft.js 4.0.4 that is used; the package brings no types. Arrays hold real and imaginary parts in turn. */
declare module 'fft.js' {
  export default class FFT {
    /** @param size - A power of two. */
    constructor(size: number)
    transform(out: Float64Array, input: Float64Array): void
    inverseTransform(out: Float64Array, input: Float64Array): void
  }
}
