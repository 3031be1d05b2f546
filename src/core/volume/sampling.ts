import type { LpsPoint } from '../geometry/lps.ts'
import { type Hu, hu } from '../units.ts'
import type { CtVolume } from './ctVolume.ts'
import { measuredTest } from './measuredVoxel.ts'

/** Reads CT numbers between voxel centres, by trilinear interpolation. */
export interface Sampler {
  /** CT number at a point of the world; NaN outside the grid or where padding takes part. */
  readonly at: (point: LpsPoint) => Hu
  /** The same at a grid position given as column, row, slice: for loops that must not allocate. */
  readonly atIndex: (i: number, j: number, k: number) => number
  /** The same at a world position given as three numbers: for loops that must not allocate. */
  readonly atLps: (x: number, y: number, z: number) => number
}

/** Rounding allowed at the outer faces of the grid, in voxels. */
const EDGE_TOLERANCE = 1e-9

/**
 * Makes a trilinear sampler of a volume.
 *
 * The grid reaches half a voxel beyond the outer voxel centres; there the outermost value holds. A sample is NaN
 * when it lies farther out, or when a voxel that takes part in it was not measured.
 */
export function createSampler(volume: CtVolume): Sampler {
  const { voxels, geometry } = volume
  const [ni, nj, nk] = geometry.size
  const { slope, intercept } = volume.rescale
  const isMeasured = measuredTest(volume)
  const plane = ni * nj

  const atIndex = (i: number, j: number, k: number): number => {
    const low = -0.5 - EDGE_TOLERANCE
    const high = -0.5 + EDGE_TOLERANCE
    if (!(i >= low && j >= low && k >= low && i <= ni + high && j <= nj + high && k <= nk + high)) {
      return Number.NaN
    }
    const x = Math.max(0, Math.min(ni - 1, i))
    const y = Math.max(0, Math.min(nj - 1, j))
    const z = Math.max(0, Math.min(nk - 1, k))
    const i0 = x | 0
    const j0 = y | 0
    const k0 = z | 0
    const fx = x - i0
    const fy = y - j0
    const fz = z - k0
    // A neighbour of weight 0 is not read: it may be padding or off the grid.
    const di = fx > 0 ? 1 : 0
    const dj = fy > 0 ? ni : 0
    const dk = fz > 0 ? plane : 0
    const at = i0 + ni * (j0 + nj * k0)
    const a = voxels[at]!
    const b = voxels[at + di]!
    const c = voxels[at + dj]!
    const d = voxels[at + dj + di]!
    const e = voxels[at + dk]!
    const f = voxels[at + dk + di]!
    const g = voxels[at + dk + dj]!
    const h = voxels[at + dk + dj + di]!
    if (
      !(isMeasured(a) && isMeasured(b) && isMeasured(c) && isMeasured(d)) ||
      !(isMeasured(e) && isMeasured(f) && isMeasured(g) && isMeasured(h))
    ) {
      return Number.NaN
    }
    const near = (a + fx * (b - a)) * (1 - fy) + (c + fx * (d - c)) * fy
    const far = (e + fx * (f - e)) * (1 - fy) + (g + fx * (h - g)) * fy
    return (near + fz * (far - near)) * slope + intercept
  }

  const { origin, axes, spacing } = geometry
  const [u, v, w] = axes
  const [pi, pj, pk] = spacing
  const atLps = (x: number, y: number, z: number): number => {
    const dx = x - origin[0]
    const dy = y - origin[1]
    const dz = z - origin[2]
    return atIndex(
      (dx * u[0] + dy * u[1] + dz * u[2]) / pi,
      (dx * v[0] + dy * v[1] + dz * v[2]) / pj,
      (dx * w[0] + dy * w[1] + dz * w[2]) / pk,
    )
  }

  return { atIndex, atLps, at: (point) => hu(atLps(point[0], point[1], point[2])) }
}
