import { lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { normalize, reject } from '../../core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { RoiDecision } from '../../exam/record/decisions.ts'

/** A VOI of the record as a body in LPS mm, its lateral direction made exactly square as the pipeline does. */
export function voiBody(voi: NonNullable<RoiDecision['voi']>): EllipticalCylinder {
  const normal = normalize(lpsVector(...voi.normalLps))
  return {
    kind: 'ellipticalCylinder',
    center: lpsPoint(...voi.centerLps),
    normal,
    lateral: normalize(reject(lpsVector(...voi.lateralLps), normal)),
    radii: voi.radiiMm,
    height: voi.heightMm,
  }
}
