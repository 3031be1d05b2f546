import { type Hu, hu } from '../../units.ts'
import { massAttenuation } from './massAttenuation.ts'
import type { TissueDensities } from './tissueDensities.ts'
import type { Tissue } from './tissues.ts'

/**
 * CT number of a tissue at one photon energy, on linear attenuation:
 * HU_t(E) = 1000·(ρ_t·(μ/ρ)_t / (ρ_w·(μ/ρ)_w) − 1), with ρ_w = 1 g/cm³. Air is −1000 HU by definition of the scale.
 *
 * Linear, not mass attenuation: CT numbers are linear in μ, and a fit on μ/ρ lands tens of keV too high.
 * @throws {QctError} `MASS_ATTENUATION_OUT_OF_RANGE`
 * @see `MASS_ATTENUATION_SOURCE`; the densities carry their own citation
 */
export function tissueHu(tissue: Tissue, energyKeV: number, densities: TissueDensities): Hu {
  const water = massAttenuation('water', energyKeV)
  if (tissue === 'air') return hu(-1000)
  return hu(1000 * ((densities.gPerCm3[tissue] * massAttenuation(tissue, energyKeV)) / water - 1))
}
