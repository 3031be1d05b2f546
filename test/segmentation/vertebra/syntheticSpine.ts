import { type LpsPoint, type LpsVector, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { cross } from '../../../src/core/geometry/vector.ts'
import { toLps, type VolumeGeometry } from '../../../src/core/geometry/volumeGeometry.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'

/** Three vertebrae in a row, made of formulas: lengths in mm, angles in degrees, CT numbers in HU. */
export interface SyntheticSpine {
  readonly trabecular: number
  readonly disc: number
  readonly noise: number
  readonly pixel: number
  readonly slice: number
  /** Forward lean, lean to the side, turn about the long axis. */
  readonly sagittal: number
  readonly coronal: number
  readonly axial: number
  readonly height: number
  readonly discHeight: number
  /** How far each endplate leans against the body's mid-plane, upper forward and lower backward. */
  readonly wedge: number
  readonly seed: number
}

export const PLAIN_SPINE: SyntheticSpine = {
  trabecular: 140,
  disc: 90,
  noise: 15,
  pixel: 0.8,
  slice: 1.5,
  sagittal: 8,
  coronal: 4,
  axial: 3,
  height: 27,
  discHeight: 9,
  wedge: 2,
  seed: 1,
}

const RADIAN = Math.PI / 180
const CORTEX_MM = 1
const PLATE_MM = 0.8
const CORTEX_HU = 750
const HALF_WIDTH = 23
const HALF_DEPTH = 16
const CANAL_BEHIND = 26

/** Wall radius of the kidney-shaped body, by angle from the left over the front. */
export function syntheticWallRadius(angle: number): number {
  const degree = ((angle / RADIAN) % 360) + (angle < 0 ? 360 : 0)
  const dent = Math.exp(-(((degree - 270) / 30) ** 2))
  return 1 / Math.hypot(Math.cos(angle) / HALF_WIDTH, Math.sin(angle) / HALF_DEPTH) - 3 * dent
}

/** CT number at a point of the spine's own frame. */
function ctNumber(spine: SyntheticSpine, u: number, v: number, along: number): number {
  const period = spine.height + spine.discHeight
  const s = along - period * Math.round(along / period)
  const depth = syntheticWallRadius(Math.atan2(v, u)) - Math.hypot(u, v)
  // Both plates lean: the body is higher in front.
  const toPlate = spine.height / 2 + v * Math.tan(spine.wedge * RADIAN) - Math.abs(s)
  if (depth > 0 && toPlate > 0) {
    if (depth < CORTEX_MM || toPlate < PLATE_MM) return CORTEX_HU
    return spine.trabecular * (1 + 0.12 * Math.abs(s / 13) - 0.25 * Math.exp(-((v + 12) ** 2 + s * s) / 20))
  }
  if (depth > 2) return spine.disc
  const canal = Math.hypot(u / 11.5, (v + CANAL_BEHIND) / 8.5)
  if (canal < 1) return 25
  // Arch: laminae from just below the middle of the body upwards, pedicles in the upper half.
  if (canal < 1.45 && v < -CANAL_BEHIND && s > -6 && s < 12) return canal < 1.12 || canal > 1.33 ? 600 : 300
  if (Math.abs(u) > 9.5 && Math.abs(u) < 17 && v > -CANAL_BEHIND - 2 && v < -8 && s > 1 && s < 12) {
    return Math.abs(u) < 10.7 || Math.abs(u) > 15.8 || s < 2.2 || s > 10.8 ? 600 : 250
  }
  if (Math.abs(u) < 3.5 && v < -CANAL_BEHIND - 11 && v > -CANAL_BEHIND - 32 && s > -10 && s < 6) return 350
  if (v > 0 && Math.abs(u) < 25 - v / 2) return -85
  return v > -20 && Math.abs(u) > 24 && Math.abs(u) < 55 ? 55 : v > 0 ? -95 : 50
}

/** The frame of the spine: left, anterior, cranial in the world. */
export function syntheticFrame(spine: SyntheticSpine): {
  left: LpsVector
  anterior: LpsVector
  cranial: LpsVector
} {
  const [a, b, c] = [spine.axial * RADIAN, spine.coronal * RADIAN, spine.sagittal * RADIAN]
  const cranial = lpsVector(Math.sin(b), -Math.sin(c) * Math.cos(b), Math.cos(c) * Math.cos(b))
  const front = lpsVector(Math.sin(a), -Math.cos(a), 0)
  const against = front[0] * cranial[0] + front[1] * cranial[1]
  const raw = [0, 1, 2].map((axis) => front[axis]! - against * cranial[axis]!) as [number, number, number]
  const size = Math.hypot(...raw)
  const anterior = lpsVector(raw[0] / size, raw[1] / size, raw[2] / size)
  return { left: cross(cranial, anterior), anterior, cranial }
}

/** Where the middle body's centre lies in every synthetic volume. */
export const SYNTHETIC_CENTER: LpsPoint = lpsPoint(-12, -160, 420)

/** Small, fast and repeatable noise: sums of four uniform numbers of a linear congruential generator. */
function noiseSource(seed: number) {
  let state = (seed * 2654435761) >>> 0
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3)
}

/** A CT of the three vertebrae: every voxel the mean over its slice thickness and pixel, plus white noise. */
export function renderSyntheticSpine(spine: SyntheticSpine): CtVolume {
  const { left, anterior, cranial } = syntheticFrame(spine)
  const half = [46, 56, 50] as const
  const size = [
    Math.round((2 * half[0]) / spine.pixel),
    Math.round((2 * half[1]) / spine.pixel),
    Math.round((2 * half[2]) / spine.slice),
  ] as const
  const [x0, y0, z0] = SYNTHETIC_CENTER
  const geometry: VolumeGeometry = {
    size,
    // Posterior parts reach farther than the front; a fraction of a voxel keeps the grid off the centre.
    origin: lpsPoint(x0 - half[0] + 0.37, y0 - half[1] + 13.21, z0 - half[2] + 0.43),
    spacing: [spine.pixel, spine.pixel, spine.slice],
    axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  }
  const noise = noiseSource(spine.seed)
  const voxels = new Int16Array(size[0] * size[1] * size[2])
  const layers = Math.max(2, Math.round(spine.slice / 0.5))
  let at = 0
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++) {
        let sum = 0
        // Sub-samples walk over pixel and slice together: two per layer, at opposite quarters of the pixel.
        for (let layer = 0; layer < layers; layer++) {
          for (const side of [-0.25, 0.25]) {
            const shift = layer % 2 === 0 ? side : -side
            const p = toLps(geometry, [i + side, j + shift, k + (layer + 0.5) / layers - 0.5] as never)
            const [x, y, z] = [p[0] - x0, p[1] - y0, p[2] - z0]
            sum += ctNumber(
              spine,
              x * left[0] + y * left[1] + z * left[2],
              x * anterior[0] + y * anterior[1] + z * anterior[2],
              x * cranial[0] + y * cranial[1] + z * cranial[2],
            )
          }
        }
        voxels[at++] = Math.round(sum / (2 * layers) + spine.noise * noise()) + 1024
      }
    }
  }
  return { quantity: 'HU', voxels, rescale: { slope: 1, intercept: hu(-1024) }, geometry }
}
