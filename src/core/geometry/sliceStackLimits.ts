/**
 * How far a stack of slices may stray from a regular grid, and why each limit is what it is.
 *
 * Every limit is about where a voxel is believed to lie. None of them is about image quality.
 */
export const SLICE_STACK_LIMITS = {
  /** Two positions span the shortest stack that has a spacing at all. What a measurement needs is the measurement's word. */
  minimumPositions: 2,
  /** Positions closer than this are one position: headers round to hundredths of a millimetre, no CT steps less. */
  samePositionMm: 0.02,
  /**
   * A slice may lie this share of the spacing off its place on the grid, but never more than `placementMm`. A tenth
   * of a slice moves a 9 mm VOI's edge by a hundredth of its height or less.
   */
  placementShareOfSpacing: 0.1,
  /** The largest distance of a slice from its place on the grid, in mm: below the pixel size of any body CT. */
  placementMm: 0.1,
  /** Sideways displacement that is left alone, in pixels: an ROI membership by pixel centre cannot resolve less than half. */
  sidewaysPixels: 0.25,
  /** Directions of two slices that count as parallel, in degrees: 0.1° moves the rim of a 250 mm half-field by 0.4 mm. */
  parallelDegrees: 0.1,
  /** Row and column directions must be at right angles to this many degrees, for the same reason. */
  rightAngleDegrees: 0.1,
  /** Direction vectors may differ from unit length by this much: headers with three decimals do. */
  unitLength: 1e-2,
  /**
   * The widest gap between neighbouring slices that is bridged by interpolation, in mm. 3 mm is the widest spacing at
   * which the spine measurement is validated without a warning, so a bridged gap is never sampled more coarsely than
   * an accepted series.
   */
  bridgeMm: 3,
  /**
   * An unevenly spaced gap up to this many usual spacings is resampled at any slice thickness: it is too narrow for a
   * lost slice, so the neighbours still see the tissue between them.
   */
  unevenShareOfSpacing: 1.5,
  /** Gantries tilt by at most 30°; half a degree is left for rounded headers. */
  tiltDegrees: 30,
  tiltRoundingDegrees: 0.5,
  /** Stated and measured tilt that agree, in degrees: headers round the tilt to half a degree. */
  tiltTagDegrees: 1,
} as const
