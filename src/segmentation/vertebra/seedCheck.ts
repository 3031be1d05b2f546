import { QctError } from '../../core/errors.ts'
import type { LpsPoint } from '../../core/geometry/lps.ts'
import { toIndex } from '../../core/geometry/volumeGeometry.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { Sampler } from '../../core/volume/sampling.ts'

/** Trabecular bone of the weakest spines lies near 0 HU with its marrow fat; below this there is no bone, in HU. */
const LEAST_HU = -60
/** Above this no bone: metal or cement, in HU. */
const MOST_HU = 1200
const RADIUS_MM = 4

/**
 * Makes sure that a seed can lie in a vertebral body: inside the scan, in measured voxels, neither air nor metal.
 *
 * @throws {QctError} `SEED_OUTSIDE_VOLUME`, `SEED_NOT_IN_BONE`
 */
export function checkSeed({ geometry }: CtVolume, sampler: Sampler, seed: LpsPoint): void {
  if (!seed.every(Number.isFinite)) throw new QctError('SEED_OUTSIDE_VOLUME', {})
  const index = toIndex(geometry, seed)
  if (index.some((at, axis) => at < -0.5 || at > geometry.size[axis]! - 0.5)) {
    throw new QctError('SEED_OUTSIDE_VOLUME', {})
  }
  let sum = 0
  let measured = 0
  let asked = 0
  for (let z = -RADIUS_MM; z <= RADIUS_MM; z++) {
    for (let y = -RADIUS_MM; y <= RADIUS_MM; y++) {
      for (let x = -RADIUS_MM; x <= RADIUS_MM; x++) {
        if (x * x + y * y + z * z > RADIUS_MM ** 2) continue
        const value = sampler.atLps(seed[0] + x, seed[1] + y, seed[2] + z)
        asked++
        if (Number.isNaN(value)) continue
        sum += value
        measured++
      }
    }
  }
  if (measured < asked / 2) throw new QctError('SEED_NOT_IN_BONE', { reason: 'no measured voxels' })
  const mean = sum / measured
  if (mean < LEAST_HU)
    throw new QctError('SEED_NOT_IN_BONE', { reason: mean < -300 ? 'air' : 'no bone around it' })
  if (mean > MOST_HU) throw new QctError('SEED_NOT_IN_BONE', { reason: 'metal' })
}
