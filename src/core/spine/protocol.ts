/**
 * How the trabecular VOI of a vertebral body is placed, as named data with a version.
 *
 * The words that define each number are in `docs/methods/spine-trabecular-vbmd.md`. A change of any number is a new
 * version: stored results keep the version they were measured with.
 */
export interface SpineProtocol {
  readonly id: 'elliptical-cylinder'
  readonly version: number
  /** How far inside the outer wall the trabecular space begins, in mm. */
  readonly wallMargin: number
  /** The antero-posterior radius, and the distance of the centre from the space's anterior end, as share of its depth. */
  readonly depthShare: number
  /** The lateral radius as share of half the width of the trabecular space at the centre. */
  readonly widthShare: number
  /** Full height along the cranial direction, in mm. */
  readonly height: number
  /** Below this common shrinking factor the VOI is so much smaller than meant that it warns. */
  readonly clippedBelow: number
  /** Nearer than this to an endplate plane, in mm, the VOI warns: blur of the plate reaches in. */
  readonly endplateMargin: number
}

/**
 * The elliptical cylinder in the anterior two thirds of the trabecular space, 9 mm high, parallel to the endplates.
 *
 * @see docs/methods/spine-trabecular-vbmd.md, protocol `elliptical-cylinder`, version 1
 */
export const ELLIPTICAL_CYLINDER_PROTOCOL: SpineProtocol = {
  id: 'elliptical-cylinder',
  version: 1,
  wallMargin: 4,
  depthShare: 1 / 3,
  widthShare: 0.65,
  height: 9,
  clippedBelow: 0.8,
  endplateMargin: 4,
}
