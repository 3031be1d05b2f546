import { lpsPoint } from '../../core/geometry/lps.ts'
import { mm } from '../../core/units.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { quietestDisc } from './quietestDisc.ts'
import { RAYS, rayDirection, type SkinRay } from './skinRays.ts'
import { slabPatch } from './slabPatch.ts'
import type { RegionIdea } from './tissueRegion.ts'
import { isWithin, SEARCH_WINDOWS } from './tissueWindows.ts'
import type { TrunkGrid } from './trunkGrid.ts'
import { uprightCylinder } from './uprightCylinder.ts'

const HEIGHT_MM = 21
/** A disc of fat keeps this distance from skin and muscle, whose blur reaches into it. In mm. */
const DISC = { radii: [9, 7, 5.5, 4, 3], margin: 2, asQuiet: 2, avoidsStreaks: true } as const
/** A layer thicker than this is no better, in mm: the largest disc with its margins. */
const ENOUGH_MM = 26
/** Neighbouring rays and slices that must show the layer too. */
const BESIDE = { rays: 1, slices: 2 }
/** Rays nearer the middle line than this (sine of their angle) are of neither side: discs of both sides could meet. */
const LEAST_SIDEWAYS = 0.3
/** How far about the coarse place the disc may lie, in mm. */
const ABOUT_MM = 16
/** How far the layer may reach beyond its coarse borders, in mm: the coarse step. */
const LAYER_SLACK_MM = 3
/** Places of the coarse search that are tried on the scan itself, per side. */
const TRIES = 4

/** The thinnest layer about a ray, in mm. */
function thinnest(rays: readonly SkinRay[], slices: number, k: number, n: number): number {
  let least = Infinity
  for (let dk = -BESIDE.slices; dk <= BESIDE.slices; dk++) {
    if (k + dk < 0 || k + dk >= slices) return 0
    for (let dn = -BESIDE.rays; dn <= BESIDE.rays; dn++) {
      least = Math.min(least, rays[((n + dn + RAYS) % RAYS) + RAYS * (k + dk)]!.thickness)
    }
  }
  return least
}

/** Places of one side, the thickest layer and the middle of the slices first, none beside another. */
function coarsePlaces(rays: readonly SkinRay[], slices: number, side: 1 | -1) {
  const places: { readonly n: number; readonly k: number; readonly score: number }[] = []
  for (let k = 0; k < slices; k++) {
    for (let n = 0; n < RAYS; n++) {
      if (side * rayDirection(n)[0] < LEAST_SIDEWAYS) continue
      const layer = thinnest(rays, slices, k, n)
      if (layer > 0) {
        places.push({ n, k, score: Math.min(layer, ENOUGH_MM) - 0.1 * Math.abs(k - (slices - 1) / 2) })
      }
    }
  }
  places.sort((a, b) => b.score - a.score)
  const kept: typeof places = []
  for (const place of places) {
    if (kept.length === TRIES) break
    if (kept.every(({ n, k }) => Math.abs(n - place.n) > 2 || Math.abs(k - place.k) > 3)) kept.push(place)
  }
  return kept
}

/**
 * Places subcutaneous fat: on each side the most even disc in the layer under skin that faces free air. What lies under
 * skin on a table or a pad is not sought: pads can look like fat.
 */
export function placeFat(sampler: Sampler, grid: TrunkGrid, rays: readonly SkinRay[]): RegionIdea[] {
  return ([1, -1] as const).flatMap((side): RegionIdea[] => {
    let best: { readonly idea: RegionIdea; readonly cost: number } | null = null
    for (const { n, k } of coarsePlaces(rays, grid.size[2], side)) {
      const { x, y, thickness } = rays[n + RAYS * k]!
      const [dx, dy] = rayDirection(n)
      const center = lpsPoint(x, y, grid.origin[2] + k * grid.step)
      const patch = slabPatch(sampler, center, [ABOUT_MM, ABOUT_MM], HEIGHT_MM, 1)
      const disc = quietestDisc(patch, {
        ...DISC,
        belongs: (px, py, hu) =>
          isWithin(hu, SEARCH_WINDOWS.adipose) &&
          // Behind a thin abdominal wall there is fat again, but not this one.
          Math.abs((px - x) * dx + (py - y) * dy) <= thickness / 2 + LAYER_SLACK_MM,
      })
      if (disc === null) continue
      // Large and even: what a mean is known to falls with the disc's width.
      const cost = disc.sd / disc.radius
      if (best !== null && cost >= best.cost) continue
      const roi = uprightCylinder(lpsPoint(disc.x, disc.y, center[2]), disc.radius, HEIGHT_MM)
      const site = side === 1 ? 'left subcutaneous fat' : 'right subcutaneous fat'
      best = {
        idea: { tissue: 'adipose', site, roi, clearance: mm(disc.clearance) },
        cost,
      }
    }
    return best === null ? [] : [best.idea]
  })
}
