import { type LpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'

/** A round cylinder whose axis runs along the patient's long axis. */
export const uprightCylinder = (center: LpsPoint, radius: number, height: number): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center,
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [radius, radius],
  height,
})
