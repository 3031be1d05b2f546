/**
 * The ways in which CT numbers become densities, in the order in which they are trusted: what was measured in the
 * same scan before what was measured in another, a scanner's own phantom before tissues alone, one density scale
 * before a decomposition that is printed for research only.
 */
export const DENSITY_ROUTES = [
  'in-scan',
  'asynchronous',
  'tissue-precalibrated',
  'tissue-raw',
  'dual-energy',
] as const

/** One of the ways in which CT numbers become densities. */
export type DensityRoute = (typeof DENSITY_ROUTES)[number]

/** A way in which CT numbers become densities, or that none did. */
export type CalibrationRoute = DensityRoute | 'none'
