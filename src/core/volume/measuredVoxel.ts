import type { CtVolume } from './ctVolume.ts'

/**
 * Whether a stored value was measured: a number that is not the padding a scanner writes outside its
 * reconstruction circle. Everything else takes no part in any statistic, sample or picture.
 */
export function measuredTest(volume: CtVolume): (stored: number) => boolean {
  const { padding } = volume
  if (padding === undefined) return Number.isFinite
  const { low, high } = padding
  return (stored) => (stored < low || stored > high) && Number.isFinite(stored)
}
