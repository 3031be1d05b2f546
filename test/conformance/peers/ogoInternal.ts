import table from '../../../src/core/calibration/tissue/massAttenuation.json' with { type: 'json' }
import type { Tissue } from '../../../src/core/calibration/tissue/tissues.ts'

/** CT numbers of tissues, HU. */
export type TissueNumbers = Partial<Readonly<Record<Tissue, number>>>

/** A line by least squares and its R². */
export interface PlainLine {
  readonly slope: number
  readonly intercept: number
  readonly rSquared: number
}

/** Ordinary least squares of y on x. */
export function plainLine(x: readonly number[], y: readonly number[]): PlainLine {
  const n = x.length
  const [mx, my] = [x, y].map((values) => values.reduce((sum, value) => sum + value, 0) / n)
  let [sxx, sxy, syy] = [0, 0, 0]
  for (let at = 0; at < n; at++) {
    sxx += (x[at]! - mx!) ** 2
    sxy += (x[at]! - mx!) * (y[at]! - my!)
    syy += (y[at]! - my!) ** 2
  }
  const slope = sxy / sxx
  return { slope, intercept: my! - slope * mx!, rSquared: sxy ** 2 / (sxx * syy) }
}

type Material = keyof typeof table.massAttenuationCm2PerG
const NAMES: Readonly<Record<Tissue, Material>> = {
  air: 'air',
  adipose: 'adipose',
  skeletalMuscle: 'skeletalMuscle',
  blood: 'blood',
  corticalBone: 'corticalBone',
}

/** Mass attenuation by straight lines between the table's energies, as that program takes it. */
function straight(material: Material, energy: number): number {
  const energies = table.energyKeV
  let at = 1
  while (energies[at]! < energy) at++
  const values = table.massAttenuationCm2PerG[material]
  const share = (energy - energies[at - 1]!) / (energies[at]! - energies[at - 1]!)
  return values[at - 1]! + share * (values[at]! - values[at - 1]!)
}

/** What the internal calibration of that program makes of tissues. */
export interface OgoInternal {
  readonly energyKeV: number
  readonly rSquared: number
  /** mg K₂HPO₄/cm³ of a CT number. */
  readonly density: (ctNumber: number) => number
}

/**
 * The internal calibration of Bonelab/Ogo restated from its equations, to compare with; it is not what this program does:
 * the energy is the one at which μ/ρ (not μ) is straightest in HU.
 * @see Bonelab/Ogo, ogo/calib/internal_calibration.py, commit a7e74fc; Michalski 2020, Med Eng Phys 78:55
 */
export function ogoInternal(numbers: TissueNumbers): OgoInternal {
  const tissues = Object.entries(numbers) as [Tissue, number][]
  const x = tissues.map(([, value]) => value)
  const massLine = (energy: number) =>
    plainLine(
      x,
      tissues.map(([tissue]) => straight(NAMES[tissue], energy)),
    )
  let [energyKeV, best] = [0, -1]
  for (let energy = table.energyKeV[0]!; energy <= 200; energy += 0.5) {
    const { rSquared } = massLine(energy)
    if (rSquared > best) [energyKeV, best] = [energy, rSquared]
  }
  const mass = massLine(energyKeV)
  const water = straight('water', energyKeV)
  const weight = plainLine(
    x,
    tissues.map(([tissue, value]) => ((value / 1000 + 1) * water) / straight(NAMES[tissue], energyKeV)),
  )
  const [fat, mineral] = [straight('triglyceride', energyKeV), straight('k2hpo4', energyKeV)]
  return {
    energyKeV,
    rSquared: best,
    density: (ctNumber) => {
      const attenuation = mass.slope * ctNumber + mass.intercept
      const density = weight.slope * ctNumber + weight.intercept
      return (1000 * density * (attenuation - fat)) / (mineral - fat)
    },
  }
}
