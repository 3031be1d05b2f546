import { lpsPoint } from '../../core/geometry/lps.ts'
import { mm } from '../../core/units.ts'
import { insideDistance } from './insideDistance.ts'
import type { SpineCourse } from './spineCourse.ts'
import type { RegionIdea } from './tissueRegion.ts'
import { isWithin, SEARCH_WINDOWS } from './tissueWindows.ts'
import type { TrunkGrid } from './trunkGrid.ts'
import { uprightCylinder } from './uprightCylinder.ts'

/** The region's radius and its least distance from skin, table, foam and the end of the field, in mm. */
const RADIUS_MM = { largest: 12, least: 5 }
const MARGIN_MM = 6
/** More room than this round a place makes it no better, in mm. */
const ENOUGH_MM = 30
/** A place so much farther from the spine is worth one mm of room, in mm. */
const FAR_MM = 30
/** Slices below and above that must be as free, and the region's height in mm. */
const SLICES = 3
const HEIGHT_MM = 18

/** The mean of a node and its neighbours in its slice and the two beside it: one coarse voxel may be all noise. */
function meanAbout({ size, hu }: TrunkGrid, at: number): number {
  const [ni, nj, nk] = size
  const k = Math.floor(at / (ni * nj))
  let [sum, n] = [0, 0]
  for (let dk = -1; dk <= 1; dk++) {
    if (k + dk < 0 || k + dk >= nk) continue
    for (let dj = -1; dj <= 1; dj++) {
      for (let di = -1; di <= 1; di++, n++) sum += hu[at + di + ni * (dj + nj * dk)] ?? Number.NaN
    }
  }
  return sum / n
}

/** The least room over the slices about k at one node, in mm. */
function room(distances: readonly Float32Array[], k: number, at: number): number {
  let least = Infinity
  for (let to = k - SLICES; to <= k + SLICES; to++) least = Math.min(least, distances[to]![at]!)
  return least
}

/**
 * Places air outside the skin, away from skin, table, foam and the edge of the field, as near to the spine's level and
 * to the patient as there is room.
 */
export function placeAir(grid: TrunkGrid, external: Uint8Array, course: SpineCourse): RegionIdea[] {
  const { size, step, origin } = grid
  const [ni, nj, nk] = size
  const plane = ni * nj
  const distances = Array.from({ length: nk }, (_, k) => {
    const free = new Uint8Array(plane)
    for (let at = 0; at < plane; at++) {
      const to = k * plane + at
      free[at] = external[to] === 1 && isWithin(meanAbout(grid, to), SEARCH_WINDOWS.air) ? 1 : 0
    }
    return insideDistance(free, ni, nj, step)
  })
  let best: { readonly at: number; readonly k: number; readonly room: number } | null = null
  let most = -Infinity
  for (let k = SLICES; k < nk - SLICES; k++) {
    const { x, y } = course.at(origin[2] + k * step)
    for (let at = 0; at < plane; at++) {
      const here = distances[k]![at]!
      if (here < RADIUS_MM.least + MARGIN_MM) continue
      const far = Math.hypot(origin[0] + (at % ni) * step - x, origin[1] + Math.floor(at / ni) * step - y)
      const off = Math.abs(k - (nk - 1) / 2) * step
      if (Math.min(here, ENOUGH_MM) - (far + off) / FAR_MM <= most) continue
      const free = room(distances, k, at)
      const score = Math.min(free, ENOUGH_MM) - (far + off) / FAR_MM
      if (free < RADIUS_MM.least + MARGIN_MM || score <= most) continue
      most = score
      best = { at, k, room: free }
    }
  }
  if (best === null) return []
  const radius = Math.min(RADIUS_MM.largest, best.room - MARGIN_MM)
  const center = lpsPoint(
    origin[0] + (best.at % ni) * step,
    origin[1] + Math.floor(best.at / ni) * step,
    origin[2] + best.k * step,
  )
  return [
    {
      tissue: 'air',
      site: 'air outside the skin',
      roi: uprightCylinder(center, radius, HEIGHT_MM),
      clearance: mm(best.room - radius),
    },
  ]
}
