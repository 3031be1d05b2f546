/** How rods are sampled, as data. */
export const ROD_SAMPLING = {
  /** The sample keeps this far from the rod's edge, mm: blur, tilt within a thick slice and misplacement. */
  edgeClearance: 2.1,
  /** But it takes at most and at least this share of the rod's radius. */
  radiusShare: { most: 0.75, least: 0.5 },
  /** Share of the sample's radius that is certainly free of the edge, for comparison with the rest. */
  coreShare: 0.6,
  /**
   * How far, as an SD along either axis of the slice, the sample may lie from the rod's axis, mm. The bench `rods` finds
   * the farthest rod of a phantom 0.1 to 0.2 mm off; twice that allows for scans that are no digital exam.
   */
  placementSd: 0.3,
  /** A sample is at least this long, mm: the height of a vertebra. */
  minLength: 30,
  /**
   * Where noise leaves a rod's mean less sure than this, HU, samples grow until it is, up to `maxLength`: rods change
   * smoothly along the patient, and an even stretch round the vertebra keeps the mean of its middle.
   */
  wantedStandardError: 1,
  maxLength: 60,
  /** Shorter samples than this, where a rod ends, are not used, mm. */
  shortest: 8,
  /** How far from the vertebra rods may still be sampled, mm. */
  farthest: 30,
  minVoxels: 40,
  /** Largest share of a sample beyond the field. */
  maxOutside: 0.02,
  /** SD against the typical rod's: warned above, excluded above; and a floor, HU, for scans without noise. */
  noisy: 1.6,
  excluded: 2.5,
  noiseFloor: 3,
  /** Difference of upper and lower half, and of core and rim, that warns unless noise explains it, HU. */
  drift: 10,
  edge: 8,
  /** How many standard errors noise may explain. */
  sigmas: 4.5,
  /** The part of a sample on which its noise is studied: mm, voxels, and at least so many mm. */
  noise: { longest: 40, voxels: 12_000, shortest: 10 },
} as const
