/**
 * The limits a calibration must keep, as data.
 *
 * Residuals in mg/cm³, because R² says nothing about the error of a density: a line with R² 0.91 can be wrong by
 * 50 mg/cm³ where it is used.
 */
export const CALIBRATION_GATES = {
  /** Residual SD above which a calibration carries a warning, mg/cm³. */
  residualWarn: 3,
  /** Residual SD above which there is no calibration, mg/cm³. The published Mindways example has 4.1. */
  residualRefuse: 8,
  /**
   * Slopes a CT scanner can show, mg/cm³ per HU. From NIST attenuation, 1 mg/cm³ of K2HPO4 or HA adds about
   * 2.7 HU at 45 keV and 0.9 HU at 100 keV effective energy (80 kVp through a child, 140 kVp through a large
   * adult), so 0.37 to 1.15 with the displaced water allowed for; the range is a fifth wider at its upper end,
   * where scanners drift.
   */
  slopeLow: 0.35,
  slopeHigh: 1.4,
} as const
