/** Materials whose attenuation the digital exam knows. */
export type AttenuatingMaterial =
  | 'water'
  | 'adipose'
  | 'muscle'
  | 'blood'
  | 'triglyceride'
  | 'K2HPO4'
  | 'iodine'
  | 'aluminium'

/** Energies of the table's columns, in keV. */
const ENERGIES = [20, 30, 40, 50, 60, 80, 100, 150] as const

/**
 * Mass attenuation coefficients in cm²/g with coherent scattering, one row per material; the generator's own table.
 *
 * Adipose tissue, skeletal muscle and blood have the composition of ICRU Report 44; triglyceride and K₂HPO₄ are sums
 * over their elements.
 * @see Hubbell JH, Seltzer SM. NISTIR 5632, tables 3 and 4, https://physics.nist.gov/xaamdi; NIST XCOM
 */
const TABLE: Readonly<Record<Exclude<AttenuatingMaterial, 'iodine'>, readonly number[]>> = {
  water: [0.8096, 0.3756, 0.2683, 0.2269, 0.2059, 0.1837, 0.1707, 0.1505],
  adipose: [0.5677, 0.3063, 0.2396, 0.2123, 0.1974, 0.18, 0.1688, 0.15],
  muscle: [0.8205, 0.3783, 0.2685, 0.2262, 0.2048, 0.1823, 0.1693, 0.1492],
  blood: [0.8428, 0.3852, 0.2715, 0.2278, 0.2057, 0.1827, 0.1695, 0.1492],
  triglyceride: [0.4811, 0.2815, 0.2293, 0.2072, 0.1945, 0.1789, 0.1683, 0.1499],
  K2HPO4: [6.18, 1.975, 0.9327, 0.5573, 0.389, 0.2508, 0.1972, 0.148],
  aluminium: [3.441, 1.128, 0.5685, 0.3681, 0.2778, 0.2018, 0.1704, 0.1378],
}

/** Iodine, whose K edge parts the table in two. @see NISTIR 5632, table 3, Z = 53 */
const K_EDGE = 33.1694
const IODINE = {
  below: { energies: [20, 30, K_EDGE], values: [25.43, 8.561, 6.553] },
  above: {
    energies: [K_EDGE, 40, 50, 60, 80, 100, 150],
    values: [35.82, 22.1, 12.32, 7.579, 3.51, 1.942, 0.6978],
  },
} as const

/** Mass attenuation coefficient in cm²/g at an energy of 20 to 150 keV; straight lines between logarithms. */
export function massAttenuation(material: AttenuatingMaterial, energyKev: number): number {
  if (material !== 'iodine') return interpolate(ENERGIES, TABLE[material], energyKev)
  const { energies, values } = energyKev < K_EDGE ? IODINE.below : IODINE.above
  return interpolate(energies, values, energyKev)
}

function interpolate(energies: readonly number[], values: readonly number[], energyKev: number): number {
  let upper = 1
  while (upper < energies.length - 1 && energies[upper]! < energyKev) upper++
  const [low, high] = [Math.log(energies[upper - 1]!), Math.log(energies[upper]!)]
  const share = (Math.log(energyKev) - low) / (high - low)
  return Math.exp(Math.log(values[upper - 1]!) * (1 - share) + Math.log(values[upper]!) * share)
}
