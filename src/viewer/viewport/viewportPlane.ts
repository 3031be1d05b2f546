import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import { lpsVector } from '../../core/geometry/lps.ts'
import { cross, normalize, reject } from '../../core/geometry/vector.ts'

/** A plane of the patient that is turned freely, for example the one through the middle of a vertebra's VOI. */
export interface ObliquePlane {
  readonly kind: 'oblique'
  /** Shown in the picture's corner, for example `L1 plane`. */
  readonly name: string
  /** Where the plane passes, and the point at the picture's centre after fitting. */
  readonly center: LpsPoint
  /**
   * Direction of looking, away from the viewer. Cranial for the plane of a vertebra: then, with `up` to the front,
   * the patient's left is on the picture's right, as in an axial picture.
   */
  readonly normal: LpsVector
  /** Direction towards the upper edge; made square to `normal`. */
  readonly up: LpsVector
}

/** Which plane a viewport shows. The straight ones pass through the crosshair. */
export type ViewportPlane =
  | { readonly kind: 'axial' }
  | { readonly kind: 'coronal' }
  | { readonly kind: 'sagittal' }
  | ObliquePlane

/** The directions of a picture in the patient's world; each of unit length, square to the others. */
export interface PlaneFrame {
  /** Direction of looking, away from the viewer. */
  readonly normal: LpsVector
  readonly up: LpsVector
  /** `normal × up`: what lies on the picture's right. */
  readonly right: LpsVector
}

const straight = {
  // Seen from the feet: front above, the patient's left on the right.
  axial: { normal: lpsVector(0, 0, 1), up: lpsVector(0, -1, 0) },
  // Seen from the front: head above, the patient's left on the right.
  coronal: { normal: lpsVector(0, 1, 0), up: lpsVector(0, 0, 1) },
  // Seen from the patient's left: head above, front on the left.
  sagittal: { normal: lpsVector(-1, 0, 0), up: lpsVector(0, 0, 1) },
} as const

/** The directions of a plane's picture. */
export function planeFrame(plane: ViewportPlane): PlaneFrame {
  const given = plane.kind === 'oblique' ? plane : straight[plane.kind]
  const normal = normalize(given.normal)
  const up = normalize(reject(given.up, normal))
  return { normal, up, right: cross(normal, up) }
}
