import { blurImage, gaussianKernel } from './gaussianBlur.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'

/** Smallest side of a noise tile in pixels, how many tiles there are, and how many a slice mixes. */
const TILE = 256
const TILES = 4
const MIXED = 2
/** Share of the low frequencies that filtered back-projection takes out of the noise. */
const LOW_FREQUENCY_LOSS = 0.75

/** The look of a kernel's noise. */
export interface NoiseTexture {
  readonly sdHu: number
  /** SD of the Gaussian that joins neighbouring pixels, in mm. */
  readonly grainMm: number
}

/** Adds the noise of one slice after another, feet to head. */
export interface NoiseField {
  /** Adds the noise of the slice to an image of the field's size. */
  readonly addTo: (image: Float32Array, slice: number) => void
}

/** One square of correlated noise that repeats without a seam; mean 0, SD 1. */
function noiseTile(random: SeededRandom, side: number, grainPixels: number): Float32Array {
  const fine = new Float32Array(side * side)
  for (let at = 0; at < fine.length; at++) fine[at] = random.gaussian()
  blurImage(fine, side, side, gaussianKernel(grainPixels), true)
  const coarse = fine.slice()
  blurImage(coarse, side, side, gaussianKernel(2 * grainPixels), true)
  let [sum, squares] = [0, 0]
  for (let at = 0; at < fine.length; at++) {
    const value = fine[at]! - LOW_FREQUENCY_LOSS * coarse[at]!
    fine[at] = value
    sum += value
    squares += value * value
  }
  const mean = sum / fine.length
  const sd = Math.sqrt(squares / fine.length - mean * mean)
  for (let at = 0; at < fine.length; at++) fine[at] = (fine[at]! - mean) / sd
  return fine
}

/**
 * The noise of a series: correlated in the plane by the kernel, independent from slice to slice where slices do not
 * overlap, and with the correlation of a moving average where they do.
 *
 * A few large tiles are drawn once; every slice adds two of them, each at its own place and sign, so no two slices
 * share a pattern that could be seen or that would survive averaging.
 */
export function noiseField(
  key: string,
  texture: NoiseTexture,
  columns: number,
  rows: number,
  pixel: number,
  spacingOverThickness: number,
): NoiseField {
  if (texture.sdHu === 0) return { addTo: () => {} }
  // as large as the image, so that nothing repeats within a slice
  const side = 2 ** Math.ceil(Math.log2(Math.max(TILE, columns, rows)))
  const tileRandom = seededRandom(`${key}/tiles`)
  const tiles = Array.from({ length: TILES }, () => noiseTile(tileRandom, side, texture.grainMm / pixel))
  // slice k = a·e(k) + b·e(k+1) with a² + b² = 1 and a·b = the overlap: neighbours share what they share in z
  const overlap = Math.min(0.5, Math.max(0, 1 - spacingOverThickness))
  const tilt = Math.asin(2 * overlap) / 2
  const shares = [Math.cos(tilt), Math.sin(tilt)]
  const parts = (slab: number) => {
    const random = seededRandom(`${key}/slab/${slab}`)
    const first = Math.floor(random.uniform() * TILES)
    const second = (first + 1 + Math.floor(random.uniform() * (TILES - 1))) % TILES
    return [first, second].map((index) => ({
      tile: tiles[index]!,
      x: Math.floor(random.uniform() * side),
      y: Math.floor(random.uniform() * side),
      sign: random.uniform() < 0.5 ? -1 : 1,
    }))
  }
  const addPart = (image: Float32Array, part: ReturnType<typeof parts>[number], weight: number) => {
    const { tile } = part
    const factor = part.sign * weight
    for (let row = 0; row < rows; row++) {
      const line = ((row + part.y) % side) * side
      let from = part.x
      for (let column = 0; column < columns; ) {
        const run = Math.min(columns - column, side - from)
        const out = row * columns + column
        for (let at = 0; at < run; at++) image[out + at] = image[out + at]! + factor * tile[line + from + at]!
        column += run
        from = 0
      }
    }
  }
  return {
    addTo: (image, slice) => {
      shares.forEach((share, step) => {
        if (share < 1e-6) return
        const weight = (share * texture.sdHu) / Math.sqrt(MIXED)
        for (const part of parts(slice + step)) addPart(image, part, weight)
      })
    },
  }
}
