import { lpsPoint } from '../../core/geometry/lps.ts'
import { translate } from '../../core/geometry/vector.ts'
import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import { wallOutline } from '../../core/spine/wallOutline.ts'
import { mm } from '../../core/units.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { seenIn } from '../vertebra/bodyFrame.ts'
import { type QuietDisc, quietestDisc } from './quietestDisc.ts'
import { slabPatch } from './slabPatch.ts'
import type { RegionIdea } from './tissueRegion.ts'
import { isWithin, SEARCH_WINDOWS } from './tissueWindows.ts'
import { uprightCylinder } from './uprightCylinder.ts'

/**
 * Where the erector spinae lies beside a lumbar body, in mm: beside the middle line, and behind the body's back wall.
 * It begins behind the facets and ends short of where kidneys, liver and ribs may lie.
 */
const BESIDE_MM = [14, 52] as const
const BEHIND_WALL_MM = [20, 75] as const
const HEIGHT_MM = 21
const DISC = { radii: [9, 7, 5.5], margin: 2, asQuiet: 1.3, avoidsStreaks: true } as const

/** The most even disc of erector spinae on one side of one body. */
function besideBody(sampler: Sampler, body: VertebralBody, side: 1 | -1): QuietDisc | null {
  const { v } = wallOutline(body)
  const back = Math.min(...v)
  const frame = { origin: body.center, ...body }
  const middle = translate(
    translate(body.center, body.left, (side * (BESIDE_MM[0] + BESIDE_MM[1])) / 2),
    body.anterior,
    back - (BEHIND_WALL_MM[0] + BEHIND_WALL_MM[1]) / 2,
  )
  const at = lpsPoint(middle[0], middle[1], body.center[2])
  const patch = slabPatch(sampler, at, [30, 38], HEIGHT_MM, 1)
  return quietestDisc(patch, {
    ...DISC,
    belongs: (x, y, hu) => {
      const [left, front] = seenIn(frame, lpsPoint(x, y, body.center[2]))
      return (
        isWithin(hu, SEARCH_WINDOWS.skeletalMuscle) &&
        isWithin(side * left, BESIDE_MM) &&
        isWithin(back - front, BEHIND_WALL_MM)
      )
    },
  })
}

/**
 * Places muscle: on each side the most even disc of erector spinae beside any of the bodies. Streaks of fat make a
 * place uneven, so they are gone round and never cut out of the values.
 */
export function placeMuscle(sampler: Sampler, bodies: readonly VertebralBody[]): RegionIdea[] {
  return ([1, -1] as const).flatMap((side): RegionIdea[] => {
    let best: { readonly disc: QuietDisc; readonly z: number } | null = null
    for (const body of bodies) {
      const disc = besideBody(sampler, body, side)
      if (disc !== null && (best === null || disc.sd / disc.radius < best.disc.sd / best.disc.radius))
        best = { disc, z: body.center[2] }
    }
    if (best === null) return []
    const { disc, z } = best
    return [
      {
        tissue: 'skeletalMuscle',
        site: side === 1 ? 'left erector spinae' : 'right erector spinae',
        roi: uprightCylinder(lpsPoint(disc.x, disc.y, z), disc.radius, HEIGHT_MM),
        clearance: mm(disc.clearance),
      },
    ]
  })
}
