import { QctError } from '../../errors.ts'
import type { PlausibleEnergy } from './tissues.ts'

/**
 * Holds a fitted effective energy against what a user expects at the scan's tube voltage. Nothing is built in: the
 * energy of a beam depends on its filter and on the patient, and no source was found that states it for CT scanners.
 *
 * @param kvp - The scan's tube voltage; null where the header does not say, and then nothing is judged.
 * @throws {QctError} `TISSUE_ENERGY_IMPLAUSIBLE` outside the range stated for this voltage
 */
export function judgeEnergy(
  energyKeV: number,
  kvp: number | null,
  plausible: readonly PlausibleEnergy[] = [],
): void {
  const range = plausible.find((candidate) => candidate.kvp === kvp)
  if (range === undefined || kvp === null) return
  const { lowKeV: low, highKeV: high } = range
  if (!(energyKeV >= low && energyKeV <= high))
    throw new QctError('TISSUE_ENERGY_IMPLAUSIBLE', { energy: energyKeV, kvp, low, high })
}
