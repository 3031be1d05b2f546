import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'

/** A block of the scan's own noise, HU, to be mirrored on and on in all three directions. */
export interface NoiseBlock {
  readonly side: number
  readonly slices: number
  readonly values: Float32Array
  readonly sd: number
}

/** CT number of a voxel of an axial volume; padding reads as it is stored. */
export const huAt = ({ voxels, rescale, geometry }: CtVolume, i: number, j: number, k: number): number => {
  const [ni, nj] = geometry.size
  return voxels[i + ni * (j + nj * k)]! * rescale.slope + rescale.intercept
}

const AIR_SKIN_MIDDLE = -500

const middleOf = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!

/** Row (with its fraction) at which a falling or rising edge of a column passes a CT number, walking by `step`. */
function crossing(volume: CtVolume, i: number, k: number, from: number, step: 1 | -1, level: number) {
  const rows = volume.geometry.size[1]
  for (let j = from; j + step >= 0 && j + step < rows; j += step) {
    const [here, next] = [huAt(volume, i, j, k), huAt(volume, i, j + step, k)]
    if (here > level !== next > level) return j + (step * (level - here)) / (next - here)
  }
  return Number.NaN
}

/**
 * SD of the blur within a slice, mm, from the skin of the belly: the distance over which the step from air to skin
 * rises from 10 to 90 % is 2.563 SD of a Gaussian blur.
 */
export function skinBlur(volume: CtVolume): number {
  const { size, spacing } = volume.geometry
  const widths: number[] = []
  const middle = size[0] >> 1
  for (let k = 4; k < size[2] - 4; k += 3) {
    for (let i = middle - 30; i <= middle + 30; i += 5) {
      const edge = crossing(volume, i, k, size[1] >> 1, -1, AIR_SKIN_MIDDLE)
      if (!Number.isFinite(edge)) continue
      const [inside, outside] = [5, 5].map((px, at) =>
        huAt(volume, i, Math.round(edge) + (at === 0 ? px : -px), k),
      ) as [number, number]
      // Bowel gas, or a blanket on the skin: no clean step.
      if (inside < -200 || outside > -900) continue
      const rise = inside - outside
      const start = Math.round(edge) + 5
      const high = crossing(volume, i, k, start, -1, outside + 0.9 * rise)
      const low = crossing(volume, i, k, start, -1, outside + 0.1 * rise)
      if (Number.isFinite(high - low)) widths.push((high - low) * spacing[1])
    }
  }
  if (widths.length < 20) throw new Error('the skin shows too few clean edges')
  return middleOf(widths) / 2.563
}

const SIDE = 32
const SLICES = 6
/** Liver and muscle without contrast agent, HU. */
const SOFT_TISSUE = { low: 20, high: 90 }

/** A patch with its plane taken off, or null where it is not soft tissue throughout; and how blotchy it is. */
function patchAt(volume: CtVolume, i0: number, j0: number, k: number) {
  const values = new Float32Array(SIDE * SIDE)
  const half = (SIDE - 1) / 2
  let [sum, sumU, sumV] = [0, 0, 0]
  for (let v = 0; v < SIDE; v++) {
    for (let u = 0; u < SIDE; u++) {
      const value = huAt(volume, i0 + u, j0 + v, k)
      values[u + SIDE * v] = value
      sum += value
      sumU += (u - half) * value
      sumV += (v - half) * value
    }
  }
  const n = SIDE * SIDE
  const mean = sum / n
  if (mean < SOFT_TISSUE.low || mean > SOFT_TISSUE.high) return null
  const spread = (n * (SIDE * SIDE - 1)) / 12
  const blocks = new Float32Array(16)
  let squares = 0
  for (let v = 0; v < SIDE; v++) {
    for (let u = 0; u < SIDE; u++) {
      const rest = values[u + SIDE * v]! - mean - ((u - half) * sumU + (v - half) * sumV) / spread
      values[u + SIDE * v] = rest
      squares += rest * rest
      const block = ((u * 4) / SIDE) | 0
      blocks[block + 4 * (((v * 4) / SIDE) | 0)]! += rest / (n / 16)
    }
  }
  const blotches = blocks.reduce((total, one) => total + one * one, 0) / 16
  return { values, variance: squares / n, blotches }
}

/** The most even block of soft tissue of the scan, its mean and slope taken off slice by slice: noise alone. */
export function noiseBlock(volume: CtVolume): NoiseBlock {
  const [ni, nj, nk] = volume.geometry.size
  let best: NoiseBlock | null = null
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k + SLICES <= nk; k += 3) {
    for (let j = 0; j + SIDE <= nj; j += 12) {
      for (let i = 0; i + SIDE <= ni; i += 12) {
        const patches = []
        for (let at = 0; at < SLICES; at++) {
          const patch = patchAt(volume, i, j, k + at)
          if (patch === null) break
          patches.push(patch)
        }
        if (patches.length < SLICES) continue
        const blotches = patches.reduce((sum, patch) => sum + patch.blotches, 0)
        if (blotches >= least) continue
        least = blotches
        const values = new Float32Array(SIDE * SIDE * SLICES)
        for (const [at, patch] of patches.entries()) values.set(patch.values, at * SIDE * SIDE)
        const variance = patches.reduce((sum, patch) => sum + patch.variance, 0) / SLICES
        best = { side: SIDE, slices: SLICES, values, sd: Math.sqrt(variance) }
      }
    }
  }
  if (best === null) throw new Error('the scan shows no even soft tissue')
  return best
}

/** LPS y of the patient's back at a column, mm: the skin met walking from the middle of the trunk to the table. */
export function backAt(volume: CtVolume, i: number, k: number): number {
  const { size, spacing, origin } = volume.geometry
  // From the spinal canal's depth on, gas is rare: the last soft tissue before 10 mm of air is skin.
  let row = Number.NaN
  let air = 0
  for (let j = Math.round(size[1] * 0.6); j < size[1] && air * spacing[1] < 8; j++) {
    if (huAt(volume, i, j, k) > AIR_SKIN_MIDDLE) {
      row = j
      air = 0
    } else air++
  }
  return origin[1] + row * spacing[1]
}

/** LPS x of the patient's flank, mm, at the height of the spine: outwards from the middle of the trunk. */
export function flankAt(volume: CtVolume, k: number, side: 1 | -1): number {
  const { size, spacing, origin } = volume.geometry
  let column = Number.NaN
  let air = 0
  for (let i = size[0] >> 1; i >= 0 && i < size[0] && air * spacing[0] < 8; i += side) {
    if (huAt(volume, i, size[1] >> 1, k) > AIR_SKIN_MIDDLE) {
      column = i
      air = 0
    } else if (Math.abs(i - size[0] / 2) * spacing[0] > 130) air++
  }
  return origin[0] + column * spacing[0]
}
