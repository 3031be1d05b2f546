import { type LpsPoint, lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { displacement, normalize, reject } from '../../core/geometry/vector.ts'
import { mm } from '../../core/units.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { type AortaPoint, findAorta } from './findAorta.ts'
import { quietestDisc } from './quietestDisc.ts'
import { slabPatch } from './slabPatch.ts'
import type { SpineCourse } from './spineCourse.ts'
import type { RegionIdea } from './tissueRegion.ts'

/** Points of the middle line that one region takes, and the region's height in mm. */
const RUN = { points: 6, heightMm: 21 }
/** The region stays this far from the wall of the vessel, in mm: wall, plaque and blur. */
const MARGIN_MM = 3
const RADII_MM = [7, 6, 5, 4, 3]

/** The run of points whose sections are the clearest. */
function clearestRun(path: readonly AortaPoint[]): readonly AortaPoint[] {
  let best = path.slice(0, RUN.points)
  let most = -Infinity
  for (let from = 0; from + RUN.points <= path.length; from++) {
    const run = path.slice(from, from + RUN.points)
    const least = Math.min(...run.map((point) => point.score))
    if (least <= most) continue
    most = least
    best = run
  }
  return best
}

const middleOf = (points: readonly AortaPoint[]): LpsPoint =>
  lpsPoint(
    ...((['x', 'y', 'z'] as const).map(
      (key) => points.reduce((sum, at) => sum + at[key], 0) / points.length,
    ) as [number, number, number]),
  )

/**
 * Places blood in the abdominal aorta, along its own axis, away from its wall. In a scan with contrast agent it reads far
 * above blood; it is placed all the same, so that the calibration can say so.
 */
export function placeBlood(
  sampler: Sampler,
  course: SpineCourse,
  range: readonly [number, number],
  onProgress: (share: number) => void,
): RegionIdea[] {
  const path = findAorta(sampler, course, range, onProgress)
  if (path.length === 0) return []
  const run = clearestRun(path)
  const middle = middleOf(run)
  const radius = run.map((point) => point.radius).sort((a, b) => a - b)[Math.floor(run.length / 2)]!
  const patch = slabPatch(sampler, middle, [radius + 3, radius + 3], RUN.heightMm, 0.5)
  const disc = quietestDisc(patch, {
    radii: RADII_MM.filter((own) => own <= radius - MARGIN_MM),
    margin: MARGIN_MM,
    // Inside the circle nothing but a plaque or a clot is uneven.
    asQuiet: 2.5,
    avoidsStreaks: false,
    belongs: (x, y) => Math.hypot(x - middle[0], y - middle[1]) <= radius,
  })
  if (disc === null) return []
  const half = Math.floor(run.length / 2)
  const axis = normalize(displacement(middleOf(run.slice(0, half)), middleOf(run.slice(half))))
  return [
    {
      tissue: 'blood',
      site: 'abdominal aorta',
      roi: {
        kind: 'ellipticalCylinder',
        center: lpsPoint(disc.x, disc.y, middle[2]),
        normal: axis,
        lateral: normalize(reject(lpsVector(1, 0, 0), axis)),
        radii: [disc.radius, disc.radius],
        height: RUN.heightMm,
      },
      clearance: mm(disc.clearance),
    },
  ]
}
