import { indexPoint } from '../../core/geometry/lps.ts'
import { toLps } from '../../core/geometry/volumeGeometry.ts'
import { mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { coarseCopy } from '../../core/volume/downsample.ts'
import { createSampler } from '../../core/volume/sampling.ts'
import type { SpineCourse } from './spineCourse.ts'

/** Distance of neighbouring nodes in all directions, in mm. */
const STEP_MM = 3

/**
 * Smoothed CT numbers on an upright grid: i to the patient's left, j to the back, k to the head, whichever way the
 * scan is stored. Node (i, j, k) stands at i + ni·(j + nj·k).
 */
export interface TrunkGrid {
  readonly size: readonly [number, number, number]
  readonly step: number
  /** LPS of node (0, 0, 0). */
  readonly origin: readonly [number, number, number]
  /** NaN where nothing was measured. */
  readonly hu: Float32Array
}

/** The slices of a scan in which the column's course is known; null when the scan has none of them. */
export function trunkGrid(volume: CtVolume, course: SpineCourse): TrunkGrid | null {
  const { geometry } = volume
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let corner = 0; corner < 8; corner++) {
    const [i, j, k] = geometry.size.map((n, axis) => ((corner >> axis) % 2 === 1 ? n - 1 : 0))
    toLps(geometry, indexPoint(i!, j!, k!)).forEach((at, axis) => {
      low[axis] = Math.min(low[axis]!, at)
      high[axis] = Math.max(high[axis]!, at)
    })
  }
  low[2] = Math.max(low[2]!, course.from)
  high[2] = Math.min(high[2]!, course.to)
  const size = low.map((from, axis) => Math.floor((high[axis]! - from) / STEP_MM) + 1)
  if (size.some((n) => n < 1)) return null
  const [ni, nj, nk] = size as [number, number, number]
  const smooth = createSampler(coarseCopy(volume, mm(STEP_MM)))
  // The coarse copy has air where nothing was measured; the scan itself says which is which.
  const own = createSampler(volume)
  const hu = new Float32Array(ni * nj * nk)
  for (let k = 0, at = 0; k < nk; k++) {
    const z = low[2]! + k * STEP_MM
    for (let j = 0; j < nj; j++) {
      const y = low[1]! + j * STEP_MM
      for (let i = 0; i < ni; i++, at++) {
        const x = low[0]! + i * STEP_MM
        hu[at] = Number.isNaN(own.atLps(x, y, z)) ? Number.NaN : smooth.atLps(x, y, z)
      }
    }
  }
  return { size: [ni, nj, nk], step: STEP_MM, origin: [low[0]!, low[1]!, low[2]!], hu }
}
