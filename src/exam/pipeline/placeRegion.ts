import type { QctWarning } from '../../core/errors.ts'
import { type LpsVector, lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { angleBetween, normalize, reject } from '../../core/geometry/vector.ts'
import { placeTrabecularVoi } from '../../core/spine/placeTrabecularVoi.ts'
import { ELLIPTICAL_CYLINDER_PROTOCOL } from '../../core/spine/protocol.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { RoiDecision } from '../record/decisions.ts'
import type { SpineEntry } from '../record/roiFile.ts'
import type { BodyFinder } from './bodyFinder.ts'

/** The VOI of one level, how it came to be, and the doubts of its placement. */
export interface PlacedRegion {
  readonly voi: EllipticalCylinder
  readonly warnings: readonly QctWarning[]
}

const CRANIAL = lpsVector(0, 0, 1)
const LEFT = lpsVector(1, 0, 0)

/**
 * The VOI of a level: a given one as it is, else placed by the protocol in the body found from the seed.
 *
 * @throws {QctError} Every code of the body finder and of the placement.
 */
export function placeRegion(entry: SpineEntry, findBody: BodyFinder): PlacedRegion {
  const voi = givenVoi(entry)
  if (voi !== null) return { voi, warnings: [] }
  const found = findBody(lpsPoint(...entry.centerLps))
  const placed = placeTrabecularVoi(found.body, ELLIPTICAL_CYLINDER_PROTOCOL)
  return { voi: placed.voi, warnings: [...found.warnings, ...placed.warnings] }
}

/**
 * The VOI that an entry gives; null when it is a seed alone. Without directions it stands upright, its first radius to
 * the patient's left.
 */
export function givenVoi(entry: SpineEntry): EllipticalCylinder | null {
  const radii = entry.radiiMm
  if (radii === undefined) return null
  const normal = normalize(entry.normalLps === undefined ? CRANIAL : lpsVector(...entry.normalLps))
  return {
    kind: 'ellipticalCylinder',
    center: lpsPoint(...entry.centerLps),
    normal,
    lateral: lateralOf(entry, normal),
    radii,
    height: entry.heightMm ?? ELLIPTICAL_CYLINDER_PROTOCOL.height,
  }
}

/** The given lateral direction made exactly square, or the patient's left as seen in the VOI's plane. */
function lateralOf({ lateralLps }: SpineEntry, normal: LpsVector): LpsVector {
  if (lateralLps !== undefined) return normalize(reject(lpsVector(...lateralLps), normal))
  const isSideways = Math.abs(normal[0]) > 0.9
  return normalize(reject(isSideways ? lpsVector(0, 1, 0) : LEFT, normal))
}

/** A VOI in the record's form. */
export const voiOf = ({
  center,
  normal,
  lateral,
  radii,
  height,
}: EllipticalCylinder): RoiDecision['voi'] => ({
  centerLps: [center[0], center[1], center[2]],
  normalLps: [normal[0], normal[1], normal[2]],
  lateralLps: [lateral[0], lateral[1], lateral[2]],
  radiiMm: [radii[0], radii[1]],
  heightMm: height,
})

/** Angle between a VOI's axis and the patient's long axis, 0° to 90°. */
export function tiltOf({ normal }: EllipticalCylinder): number {
  const angle = angleBetween(normal, CRANIAL)
  return Math.min(angle, 180 - angle)
}
