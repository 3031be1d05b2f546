import type { LpsPoint, LpsVector } from '../geometry/lps.ts'
import type { VolumeGeometry } from '../geometry/volumeGeometry.ts'

/** A cylinder of elliptical section, for example the trabecular VOI of a vertebral body or one phantom rod. */
export interface EllipticalCylinder {
  readonly kind: 'ellipticalCylinder'
  readonly center: LpsPoint
  /** Unit direction of the cylinder's axis (cranial, for a vertebra). */
  readonly normal: LpsVector
  /** Unit direction of the first radius, at right angles to `normal` (to the patient's left, for a vertebra). */
  readonly lateral: LpsVector
  /** Semi-axes along `lateral` and along `normal × lateral`, in mm. */
  readonly radii: readonly [number, number]
  /** Full height along `normal`, in mm. */
  readonly height: number
}

/** A prism over a polygon drawn in any plane: the polygon swept half the thickness to either side of its plane. */
export interface PolygonPrism {
  readonly kind: 'polygonPrism'
  /** Corners in order, at least three, in one plane to within 0.01 mm. */
  readonly corners: readonly LpsPoint[]
  /** Unit normal of that plane. */
  readonly normal: LpsVector
  /** Full thickness along `normal`, in mm. */
  readonly thickness: number
}

/** A set of voxels of one grid. */
export interface MaskRoi {
  readonly kind: 'mask'
  readonly geometry: VolumeGeometry
  /** One byte per voxel, in the order of `CtVolume.voxels`; not 0 means inside. */
  readonly inside: Uint8Array
}

/**
 * A region of interest in the patient's world.
 *
 * The one rule of membership: a voxel belongs to a ROI if and only if its centre lies inside it or on its surface
 * (to 10⁻⁶ mm, so that rounding cannot make flipped or rotated copies of a series differ). No view, zoom, slice
 * order or orientation takes part.
 */
export type Roi = EllipticalCylinder | PolygonPrism | MaskRoi
