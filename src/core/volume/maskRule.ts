import { indexPoint } from '../geometry/lps.ts'
import { dot } from '../geometry/vector.ts'
import { toIndex, toLps, type VolumeGeometry } from '../geometry/volumeGeometry.ts'
import { type Membership, SURFACE_TOLERANCE_MM } from './membership.ts'
import type { MaskRoi } from './roi.ts'

type Steps = readonly [number, number, number]

/** The index box of the voxels that a mask holds; null when it holds none. */
function maskBox({ geometry, inside }: MaskRoi) {
  const [ni, nj, nk] = geometry.size
  const low = [ni, nj, nk]
  const high = [-1, -1, -1]
  for (let k = 0, at = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) {
        if (inside[at] === 0) continue
        if (i < low[0]!) low[0] = i
        if (i > high[0]!) high[0] = i
        if (j < low[1]!) low[1] = j
        if (j > high[1]!) high[1] = j
        if (k < low[2]!) low[2] = k
        high[2] = k
      }
    }
  }
  return high[2] === -1 ? null : { low, high }
}

/**
 * The rule of membership for a mask: a voxel centre is inside when it lies in, or within 10⁻⁶ mm of, the
 * closed box of a voxel that the mask holds.
 */
export function maskRule(geometry: VolumeGeometry, roi: MaskRoi): Membership {
  const own = roi.geometry
  const box = maskBox(roi)
  if (box === null) return { low: [0, 0, 0], high: [-1, -1, -1], contains: () => false }

  const low: [number, number, number] = [Infinity, Infinity, Infinity]
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let corner = 0; corner < 8; corner++) {
    const [ci, cj, ck] = [0, 1, 2].map((axis) =>
      corner & (1 << axis) ? box.high[axis]! + 0.5 : box.low[axis]! - 0.5,
    ) as [number, number, number]
    const seen = toIndex(geometry, toLps(own, indexPoint(ci, cj, ck)))
    for (const axis of [0, 1, 2] as const) {
      const reach = SURFACE_TOLERANCE_MM / geometry.spacing[axis]
      low[axis] = Math.min(low[axis], Math.ceil(seen[axis] - reach))
      high[axis] = Math.max(high[axis], Math.floor(seen[axis] + reach))
    }
  }

  // The mask's own index of voxel (i, j, k), as a linear function: three steps and a start.
  const start = toIndex(own, toLps(geometry, indexPoint(0, 0, 0)))
  const step = (axis: 0 | 1 | 2) =>
    own.axes.map(
      (direction, to) => (geometry.spacing[axis] * dot(geometry.axes[axis], direction)) / own.spacing[to]!,
    )
  const [perI, perJ, perK] = [step(0), step(1), step(2)] as unknown as [Steps, Steps, Steps]
  const [ni, nj, nk] = own.size
  const [reachI, reachJ, reachK] = own.spacing.map((spacing) => SURFACE_TOLERANCE_MM / spacing) as [
    number,
    number,
    number,
  ]
  const { inside } = roi

  const contains = (i: number, j: number, k: number) => {
    const x = start[0] + i * perI[0] + j * perJ[0] + k * perK[0] + 0.5
    const y = start[1] + i * perI[1] + j * perJ[1] + k * perK[1] + 0.5
    const z = start[2] + i * perI[2] + j * perJ[2] + k * perK[2] + 0.5
    // Off a border these loops run once; on it they ask the voxels of both sides.
    for (let c = Math.max(0, Math.floor(z - reachK)); c <= Math.min(nk - 1, Math.floor(z + reachK)); c++) {
      for (let b = Math.max(0, Math.floor(y - reachJ)); b <= Math.min(nj - 1, Math.floor(y + reachJ)); b++) {
        for (
          let a = Math.max(0, Math.floor(x - reachI));
          a <= Math.min(ni - 1, Math.floor(x + reachI));
          a++
        ) {
          if (inside[a + ni * (b + nj * c)] !== 0) return true
        }
      }
    }
    return false
  }
  return { low, high, contains }
}
