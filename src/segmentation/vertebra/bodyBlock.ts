import type { Sampler } from '../../core/volume/sampling.ts'
import type { BodyFrame } from './bodyFrame.ts'

/** CT numbers around a vertebra on a cubic grid along a frame; NaN where nothing was measured. */
export interface BodyBlock {
  readonly frame: BodyFrame
  readonly data: Float32Array
  /** Number of samples along u, v, s. Sample (a, b, c) is stored at a + nu·(b + nv·c). */
  readonly size: readonly [number, number, number]
  /** u, v, s of the first sample, in mm. */
  readonly low: readonly [number, number, number]
  /** Distance of neighbouring samples, in mm. */
  readonly step: number
}

/** Where a block reaches in u, v and s, in mm from its frame's origin. */
export type BlockReach = readonly [
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
]

/** Samples a volume on a cubic grid along a frame. */
export function sampleBlock(sampler: Sampler, frame: BodyFrame, reach: BlockReach, step: number): BodyBlock {
  const count = ([low, high]: readonly [number, number]) => Math.floor((high - low) / step + 1e-6) + 1
  const [nu, nv, ns] = [count(reach[0]), count(reach[1]), count(reach[2])]
  const low = [reach[0][0], reach[1][0], reach[2][0]] as const
  const data = new Float32Array(nu * nv * ns)
  const { origin, left, anterior, cranial } = frame
  let at = 0
  for (let c = 0; c < ns; c++) {
    const s = low[2] + c * step
    for (let b = 0; b < nv; b++) {
      const v = low[1] + b * step
      const x = origin[0] + v * anterior[0] + s * cranial[0]
      const y = origin[1] + v * anterior[1] + s * cranial[1]
      const z = origin[2] + v * anterior[2] + s * cranial[2]
      for (let a = 0; a < nu; a++) {
        const u = low[0] + a * step
        data[at++] = sampler.atLps(x + u * left[0], y + u * left[1], z + u * left[2])
      }
    }
  }
  return { frame, data, size: [nu, nv, ns], low, step }
}

/** Trilinear value at (u, v, s) of the block's frame; NaN outside. */
export function blockValue(block: BodyBlock, u: number, v: number, s: number): number {
  const [nu, nv, ns] = block.size
  const x = (u - block.low[0]) / block.step
  const y = (v - block.low[1]) / block.step
  const z = (s - block.low[2]) / block.step
  if (!(x >= 0 && y >= 0 && z >= 0 && x <= nu - 1 && y <= nv - 1 && z <= ns - 1)) return Number.NaN
  const i = Math.min(x | 0, nu - 2)
  const j = Math.min(y | 0, nv - 2)
  const k = Math.min(z | 0, ns - 2)
  const [fx, fy, fz] = [x - i, y - j, z - k]
  const at = i + nu * (j + nv * k)
  const { data } = block
  const plane = nu * nv
  const a = data[at]! + fx * (data[at + 1]! - data[at]!)
  const b = data[at + nu]! + fx * (data[at + nu + 1]! - data[at + nu]!)
  const c = data[at + plane]! + fx * (data[at + plane + 1]! - data[at + plane]!)
  const d = data[at + plane + nu]! + fx * (data[at + plane + nu + 1]! - data[at + plane + nu]!)
  const near = a + fy * (b - a)
  return near + fz * (c + fy * (d - c) - near)
}
