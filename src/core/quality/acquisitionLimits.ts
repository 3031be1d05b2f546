/** Limits of an acquisition beyond which the spine measurement carries a warning, as data with their reasons. */
export interface AcquisitionLimits {
  /** Tube voltage in kVp at which the published limits and most precision figures were taken. */
  readonly kvp: number
  /** Slices thicker than this, in mm, warn. */
  readonly sliceThickness: number
  /** Slices that lie further apart than their thickness times this factor leave bone unimaged, and warn. */
  readonly gapFactor: number
}

/**
 * The limits of the spine measurement.
 *
 * Voltage: 140 kVp adds 1.8 % CV to the error budget and calibrations of another voltage err by 3.8 ± 28.2 %.
 * Thickness: the VOI is 9 mm high and begins 4 mm or more from the endplates; slices of 3 mm put three slices into
 * it, thicker ones let the endplates' blur reach the measured slab. Gap: half a per cent is rounding in the headers.
 *
 * @see Bligh M. et al. Acad Radiol 2009;16(2) (error budget of spine QCT)
 * @see Skornitzke S. et al. Sci Rep 2022, s41598-022-24546-2 (calibration from the wrong kVp)
 */
export const SPINE_ACQUISITION_LIMITS: AcquisitionLimits = { kvp: 120, sliceThickness: 3, gapFactor: 1.005 }
