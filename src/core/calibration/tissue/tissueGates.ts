import type { Tissue } from './tissues.ts'

/** CT numbers, HU, between which a tissue is believed. */
export type TissueWindows = Readonly<Record<Tissue, readonly [number, number]>>

/**
 * Windows of plausible CT numbers, HU.
 * @see Bonelab/Ogo, ogo/cli/ImageCalibration.py (`--tissue_checks`), commit a7e74fc
 */
export const TISSUE_WINDOWS: TissueWindows = {
  air: [-1030, -980],
  adipose: [-130, -70],
  skeletalMuscle: [-5, 65],
  blood: [-20, 60],
  corticalBone: [950, 1450],
}

/** The limits a tissue calibration must keep, as data. */
export const TISSUE_GATES = {
  /** Tissues the fit of the effective energy needs; one of them may be air. */
  leastTissues: 3,
  /**
   * CT numbers that the tissues must span, HU. Fat, muscle and blood alone span about 150: a scanner whose scale is
   * off by a few HU then looks like another energy, and nothing contradicts it. Air or cortical bone does.
   */
  leastSpanHu: 500,
  /** A residual beyond so many of its own standard deviations is named. */
  residualSds: 2,
  /**
   * Effective energies a CT scanner can show, keV: 80 kVp through a child to 140 kVp through a large adult, as for
   * the slopes of `CALIBRATION_GATES`.
   */
  energyKeV: [45, 100],
  /**
   * Sum of squared residuals over their stated SDs above which tissues contradict each other, by degrees of freedom
   * (tissues that depend on energy, less one): the 99 % quantiles of the chi-square distribution, so that one patient
   * in a hundred is warned of for nothing where the stated spread is right.
   */
  contradiction: [6.635, 9.21, 11.345],
  /** CT numbers two tissues must lie apart for a line through reference densities, HU. */
  leastLineSpanHu: 50,
  /** Paired scans from which tissue densities may be learned; below ten an SD itself is known to a quarter only. */
  leastPairs: 10,
} as const
