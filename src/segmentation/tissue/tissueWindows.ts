/**
 * CT numbers between which smoothed voxels count as a tissue when its region is sought, HU, lower edge inside.
 * Muscle and subcutaneous fat are split half-way between −30 and −29.
 * @see TomoVision, Alberta protocol for sliceOmatic: muscle −29 to 150, subcutaneous adipose tissue −190 to −30
 */
export const SEARCH_WINDOWS = {
  adipose: [-190, -29.5],
  skeletalMuscle: [-29.5, 150.5],
  /**
   * Air that a scanner states outside these is no air, or its scale is off.
   * @see StanfordMIMI/Comp2Comp, comp2comp/muscle_adipose_tissue/fda_muscle_adipose_tissue.py
   */
  air: [-1050, -950],
} as const

/** Whether a CT number lies in a window; false for what was not measured. */
export const isWithin = (hu: number, [low, high]: readonly [number, number]) => hu >= low && hu < high
