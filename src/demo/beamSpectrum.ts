import { type AttenuatingMaterial, massAttenuation } from './massAttenuation.ts'

/** Mean mass attenuation of a material, in cm²/g, as the detector weighs the beam behind a path of water. */
export type BeamAttenuation = (material: AttenuatingMaterial) => number

/** Path of water behind which the digital scanner's CT numbers are defined, in mm. A choice of this generator. */
export const NOMINAL_PATH_MM = 200

/** Filter of the tube and of the bowtie's middle together, in cm of aluminium, and its density. A choice: 8 mm. */
const FILTER_CM = 0.8
const ALUMINIUM_G_PER_CM3 = 2.699
/** Photons below this do not pass the filter and the patient. */
const LOWEST_KEV = 20
const STEP_KEV = 1

/**
 * The beam of one tube voltage: Kramers' continuous spectrum behind aluminium, no characteristic lines, weighed by the
 * energy each photon leaves in an integrating detector.
 *
 * Kramers gives the energy between E and E + dE as proportional to E₀ − E; target absorption is left out. Attenuation
 * is the derivative of the logarithm of the signal by a thin layer of the material behind `waterPathMm` of water.
 * @see Kramers HA. Philos Mag 1923;46:836–871, doi 10.1080/14786442308565244
 */
export function beamAttenuation(kvp: number, waterPathMm: number = NOMINAL_PATH_MM): BeamAttenuation {
  const energies: number[] = []
  const weights: number[] = []
  let sum = 0
  for (let energy = LOWEST_KEV + STEP_KEV / 2; energy < kvp; energy += STEP_KEV) {
    const filtered = massAttenuation('aluminium', energy) * ALUMINIUM_G_PER_CM3 * FILTER_CM
    const passed = massAttenuation('water', energy) * (waterPathMm / 10)
    const weight = (kvp - energy) * Math.exp(-filtered - passed)
    energies.push(energy)
    weights.push(weight)
    sum += weight
  }
  return (material) =>
    energies.reduce(
      (total, energy, index) => total + weights[index]! * massAttenuation(material, energy),
      0,
    ) / sum
}
