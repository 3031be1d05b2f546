import { QctError } from '../../errors.ts'
import table from './massAttenuation.json' with { type: 'json' }

/** A material of the mass attenuation table. */
export type AttenuationMaterial = keyof typeof table.massAttenuationCm2PerG

/** Where the table comes from, and how far it was checked (`V2`: read in a secondary source that names the primary). */
export const MASS_ATTENUATION_SOURCE: { readonly citation: string; readonly verification: string } =
  table.source

/** First and last photon energy of the table, keV. No absorption edge of its materials lies between them. */
export const MASS_ATTENUATION_RANGE: readonly [number, number] = [
  table.energyKeV[0]!,
  table.energyKeV[table.energyKeV.length - 1]!,
]

/**
 * Mass attenuation coefficient μ/ρ in cm²/g at a photon energy in keV, log–log between the table's energies.
 * @throws {QctError} `MASS_ATTENUATION_OUT_OF_RANGE`: the table is never extrapolated.
 * @see `MASS_ATTENUATION_SOURCE`
 */
export function massAttenuation(material: AttenuationMaterial, energyKeV: number): number {
  const [low, high] = MASS_ATTENUATION_RANGE
  if (!(energyKeV >= low && energyKeV <= high)) {
    throw new QctError('MASS_ATTENUATION_OUT_OF_RANGE', { energy: energyKeV, low, high })
  }
  const energies = table.energyKeV
  const values = table.massAttenuationCm2PerG[material]
  let at = 1
  while (energies[at]! < energyKeV) at++
  const [e0, e1] = [energies[at - 1]!, energies[at]!]
  const share = Math.log(energyKeV / e0) / Math.log(e1 / e0)
  return values[at - 1]! * (values[at]! / values[at - 1]!) ** share
}
