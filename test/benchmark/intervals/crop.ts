import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { Draws } from './random.ts'

/** A round thing along the whole crop; its CT number may change along the patient. */
export interface Disc {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly huAt: (z: number) => number
}

/** Pixels of 0.8 mm, slices of 2.5 mm: 192 × 77 × 60 mm round the origin. */
const SIZE = [240, 96, 24] as const
const SPACING = [0.8, 0.8, 2.5] as const
/** Half the length of the crop, mm. */
export const HALF_LENGTH_MM = (SIZE[2] * SPACING[2]) / 2
/** SD of the point spread, mm, and that of the noise's grain, pixels. */
const BLUR_MM = 0.7
const GRAIN = 0.9
const BACKGROUND_HU = 30
/** A tenth of a HU per stored step, so that rounding is no part of what is tested. */
const STEP = 0.1

const KERNEL = (() => {
  const half = 3
  const raw = Array.from({ length: 2 * half + 1 }, (_, at) =>
    Math.exp(-((at - half) ** 2) / (2 * GRAIN ** 2)),
  )
  // Squares add up to one, so that filtered white noise keeps its SD.
  const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0))
  return raw.map((value) => value / norm)
})()

/** One slice of noise with a Gaussian grain. */
function noiseSlice(draws: Draws, sd: number): Float32Array {
  const half = (KERNEL.length - 1) / 2
  const [nx, ny] = [SIZE[0], SIZE[1]]
  const [wide, high] = [nx + 2 * half, ny + 2 * half]
  const white = Float32Array.from({ length: wide * high }, () => draws.normal(sd))
  const rows = new Float32Array(nx * high)
  for (let j = 0; j < high; j++)
    for (let i = 0; i < nx; i++) {
      let sum = 0
      for (let k = 0; k < KERNEL.length; k++) sum += KERNEL[k]! * white[j * wide + i + k]!
      rows[j * nx + i] = sum
    }
  const both = new Float32Array(nx * ny)
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      let sum = 0
      for (let k = 0; k < KERNEL.length; k++) sum += KERNEL[k]! * rows[(j + k) * nx + i]!
      both[j * nx + i] = sum
    }
  return both
}

/** Share of a pixel at a depth inside an edge: a logistic of about the point spread's SD. */
const inside = (depth: number) => 1 / (1 + Math.exp((-1.7 * depth) / BLUR_MM))

/** Renders discs into a crop with noise that neighbours share in the slice. */
export function renderCrop(discs: readonly Disc[], noiseSd: number, draws: Draws): CtVolume {
  const [nx, ny, nz] = SIZE
  const voxels = new Int16Array(nx * ny * nz)
  const [x0, y0, z0] = [0, 1, 2].map((axis) => (-(SIZE[axis]! - 1) * SPACING[axis]!) / 2)
  // Shapes do not change along z, so what each covers is worked out once.
  const covers = discs.map((disc) =>
    Float32Array.from({ length: nx * ny }, (_, at) => {
      const away = Math.hypot(
        x0! + (at % nx) * SPACING[0] - disc.x,
        y0! + Math.floor(at / nx) * SPACING[1] - disc.y,
      )
      return away > disc.radius + 5 ? 0 : inside(disc.radius - away)
    }),
  )
  for (let k = 0; k < nz; k++) {
    const z = z0! + k * SPACING[2]
    const slice = noiseSlice(draws, noiseSd)
    const levels = discs.map((disc) => disc.huAt(z) - BACKGROUND_HU)
    for (let at = 0; at < nx * ny; at++) {
      let value = BACKGROUND_HU + slice[at]!
      for (let disc = 0; disc < discs.length; disc++) value += covers[disc]![at]! * levels[disc]!
      voxels[k * nx * ny + at] = Math.round(value / STEP)
    }
  }
  return {
    quantity: 'HU',
    voxels,
    rescale: { slope: STEP, intercept: hu(0) },
    geometry: {
      size: SIZE,
      origin: lpsPoint(x0!, y0!, z0!),
      spacing: SPACING,
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
}
