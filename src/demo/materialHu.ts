import { beamAttenuation } from './beamSpectrum.ts'
import type { AttenuatingMaterial } from './massAttenuation.ts'

/** Voltage at which the patient's tissues are stated. */
const STATED_KVP = 120

/** Attenuation of a material per density against water's, behind the nominal path; kept, since every exam asks. */
const kept = new Map<string, number>()
function againstWater(material: AttenuatingMaterial, kvp: number): number {
  const key = `${material}/${kvp}`
  let value = kept.get(key)
  if (value === undefined) {
    const beam = beamAttenuation(kvp)
    value = beam(material) / beam('water')
    kept.set(key, value)
  }
  return value
}

/** CT number of a material of known density, in HU. Water of 1 g/cm³ reads 0 at every voltage. */
export const materialHu = (material: AttenuatingMaterial, densityGPerCm3: number, kvp: number): number =>
  1000 * (densityGPerCm3 * againstWater(material, kvp) - 1)

/** HU that 1 mg/cm³ of a material adds where it displaces nothing. */
export const addedHu = (material: AttenuatingMaterial, kvp: number): number => againstWater(material, kvp)

/**
 * CT number at a voltage of a tissue stated at 120 kVp: its composition is the material's, its density the one that
 * gives the stated number.
 */
export function huAtKvp(material: AttenuatingMaterial, statedHu: number, kvp: number): number {
  const density = (1 + statedHu / 1000) / againstWater(material, STATED_KVP)
  return materialHu(material, density, kvp)
}

/** Enhancement at a voltage of iodine that enhances by `statedHu` at 120 kVp. */
export const iodineHu = (statedHu: number, kvp: number): number =>
  (statedHu * againstWater('iodine', kvp)) / againstWater('iodine', STATED_KVP)
