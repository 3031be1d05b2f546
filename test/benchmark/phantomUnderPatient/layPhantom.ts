import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { NoiseBlock } from './patientScan.ts'
import { type DigitalPhantom, type DigitalResponse, rodHu } from './phantomTypes.ts'

type Triple = readonly [number, number, number]

/** Where a phantom lies: LPS mm, unit vectors. */
export interface PhantomPose {
  readonly middle: Triple
  /** From the first rod to the last. */
  readonly row: Triple
  /** Along the rods. */
  readonly axis: Triple
  readonly length: number
  /** Rods are counted from the other end. */
  readonly isReversed: boolean
}

/** What of the scan itself the phantom must look like. */
export interface ScanLook {
  readonly blur: number
  readonly noise: NoiseBlock
}

/** Share of a Gaussian of SD 1 below x. @see Abramowitz and Stegun, formula 26.2.17 */
function below(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = 0.3989422804 * Math.exp(-0.5 * x * x) * poly
  return x > 0 ? 1 - tail : tail
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Position in a block that is mirrored at its ends. */
const mirrored = (at: number, length: number) => {
  const turn = ((at % (2 * length)) + 2 * length) % (2 * length)
  return turn < length ? turn : 2 * length - 1 - turn
}

/**
 * The noise of a voxel: the block mirrored over the plane, and from a new place in each following run of slices, so that
 * a long sample does not average the same noise again and again.
 */
function noiseAt(
  { side, slices, values }: NoiseBlock,
  i: number,
  j: number,
  k: number,
  shift: number,
): number {
  const run = Math.floor(k / slices)
  const [right, down] = [
    (shift + 13 * run * run + 7 * run) % (2 * side),
    (3 * shift + 29 * run * run + 5 * run) % (2 * side),
  ]
  const u = mirrored(i + right, side)
  const v = mirrored(j + down, side)
  return values[u + side * (v + side * (k % slices))]!
}

/** Thin slices that a thick one is the mean of. */
const THIN = 5

/** Distance of a rod from the phantom's middle along its row, mm. */
export function rodOffset({ rods, rodGap }: DigitalPhantom, pose: PhantomPose, at: number): number {
  const along = (at - (rods.length - 1) / 2) * rodGap
  return pose.isReversed ? -along : along
}

/**
 * The scan with a phantom laid into it, which takes the place of whatever was there; what lies outside the
 * reconstructed field stays outside.
 *
 * @param volume - Axial, its axes those of the patient.
 * @param sliceThickness - mm.
 * @param shift - Where in the noise block the phantom begins, voxels.
 */
export function layPhantom(
  volume: CtVolume,
  phantom: DigitalPhantom,
  pose: PhantomPose,
  response: DigitalResponse,
  { blur, noise }: ScanLook,
  sliceThickness: number,
  shift: number,
): CtVolume {
  const { size, spacing, origin } = volume.geometry
  const { slope, intercept } = volume.rescale
  const voxels = Int16Array.from(volume.voxels)
  const third = cross(pose.axis, pose.row)
  const halfWidth = ((phantom.rods.length - 1) * phantom.rodGap + phantom.rodDiameter) / 2 + 7
  const halfThickness = phantom.holderThickness / 2
  const half = [halfWidth, halfThickness, pose.length / 2] as const
  const reach = [0, 1, 2].map(
    (axis) =>
      Math.abs(pose.row[axis]!) * half[0] +
      Math.abs(third[axis]!) * half[1] +
      Math.abs(pose.axis[axis]!) * half[2] +
      4 * blur +
      sliceThickness,
  )
  const range = [0, 1, 2].map((axis) => [
    Math.max(0, Math.floor((pose.middle[axis]! - reach[axis]! - origin[axis]!) / spacing[axis]!)),
    Math.min(
      size[axis]! - 1,
      Math.ceil((pose.middle[axis]! + reach[axis]! - origin[axis]!) / spacing[axis]!),
    ),
  ]) as [number, number][]
  const rods = phantom.rods.map((rod, at) => ({
    off: rodOffset(phantom, pose, at),
    hu: rodHu(rod, response),
  }))
  const radius = phantom.rodDiameter / 2

  for (let k = range[2]![0]; k <= range[2]![1]; k++) {
    for (let j = range[1]![0]; j <= range[1]![1]; j++) {
      for (let i = range[0]![0]; i <= range[0]![1]; i++) {
        const at = i + size[0] * (j + size[1] * k)
        const was = voxels[at]! * slope + intercept
        if (was < -1100) continue // outside the reconstructed field
        let [share, sum] = [0, 0]
        for (let thin = 0; thin < THIN; thin++) {
          const d: Triple = [
            origin[0] + i * spacing[0] - pose.middle[0],
            origin[1] + j * spacing[1] - pose.middle[1],
            origin[2] + k * spacing[2] + sliceThickness * ((thin + 0.5) / THIN - 0.5) - pose.middle[2],
          ]
          const [p, q, s] = [dot(d, pose.row), dot(d, third), dot(d, pose.axis)]
          if (Math.abs(s) > half[2]) continue
          const holder = below((half[0] - Math.abs(p)) / blur) * below((half[1] - Math.abs(q)) / blur)
          if (holder < 1e-4) continue
          let material = phantom.holderHu
          for (const rod of rods) {
            const away = Math.hypot(p - rod.off, q)
            if (away < radius + 5 * blur)
              material += below((radius - away) / blur) * (rod.hu - phantom.holderHu)
          }
          share += holder / THIN
          sum += (holder * material) / THIN
        }
        if (share === 0) continue
        const grain = noiseAt(noise, i, j, k, shift)
        voxels[at] = Math.round(((1 - share) * was + sum + share * grain - intercept) / slope)
      }
    }
  }
  return { ...volume, voxels }
}
