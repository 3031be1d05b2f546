import type { LpsPoint } from '../../core/geometry/lps.ts'
import type { Sampler } from '../../core/volume/sampling.ts'

/** The mean of a slab of axial slices round a point: rows of x to the left, j to the back. */
export interface SlabPatch {
  readonly size: readonly [number, number]
  readonly step: number
  /** LPS x and y of the first node, z of the slab's middle. */
  readonly origin: readonly [number, number, number]
  /** NaN where nothing was measured. */
  readonly hu: Float32Array
}

/** Weights of a Gaussian with an SD of one node, three nodes to either side. */
const WEIGHTS = [-3, -2, -1, 0, 1, 2, 3].map((at) => Math.exp(-(at * at) / 2))
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0)

function smoothed(values: Float32Array, ni: number, nj: number, stride: number): Float32Array {
  const out = new Float32Array(values.length)
  const n = stride === 1 ? ni : nj
  for (let at = 0; at < values.length; at++) {
    const place = stride === 1 ? at % ni : Math.floor(at / ni)
    let sum = 0
    WEIGHTS.forEach((weight, index) => {
      const to = Math.min(n - 1, Math.max(0, place + index - 3)) - place
      sum += weight * values[at + to * stride]!
    })
    out[at] = sum / TOTAL
  }
  return out
}

/**
 * Averages a slab over its height and smooths it by one node in the slice, so that noise does not tear tissue.
 *
 * @param half - Half the side of the patch, in mm.
 * @param height - Full height of the slab, in mm.
 * @param step - Distance of nodes in the slice, in mm.
 */
export function slabPatch(
  sampler: Sampler,
  center: LpsPoint,
  half: readonly [number, number],
  height: number,
  step: number,
): SlabPatch {
  const [ni, nj] = half.map((side) => 2 * Math.floor(side / step) + 1) as [number, number]
  const origin = [center[0] - ((ni - 1) / 2) * step, center[1] - ((nj - 1) / 2) * step, center[2]] as const
  const levels = Math.max(1, Math.round(height / 1.5))
  const hu = new Float32Array(ni * nj)
  for (let j = 0, at = 0; j < nj; j++) {
    for (let i = 0; i < ni; i++, at++) {
      let sum = 0
      for (let level = 0; level < levels; level++) {
        const z = center[2] + height * ((level + 0.5) / levels - 0.5)
        sum += sampler.atLps(origin[0] + i * step, origin[1] + j * step, z)
      }
      hu[at] = sum / levels
    }
  }
  return { size: [ni, nj], step, origin, hu: smoothed(smoothed(hu, ni, nj, 1), ni, nj, ni) }
}
