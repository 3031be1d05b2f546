import { describe, expect, it } from 'vitest'
import {
  type DualEnergySample,
  decomposeDualEnergy,
} from '../../../../src/core/calibration/dualEnergy/decomposeDualEnergy.ts'
import {
  basisFromRods,
  type DualEnergyBasis,
  type DualEnergyRod,
  separation,
} from '../../../../src/core/calibration/dualEnergy/dualEnergyBasis.ts'
import { hu, mgPerCm3 } from '../../../../src/core/units.ts'
import { codeOf, seededNormal } from '../seededNormal.ts'

const sample = (meanHu: number, standardErrorHu = 1, saturatedVoxels = 0): DualEnergySample => ({
  meanHu: hu(meanHu),
  standardErrorHu: hu(standardErrorHu),
  saturatedVoxels,
  highestHu: hu(3071),
})

/** A pair of energies: 2.2 and 1.3 HU per mg/cm³, offsets 4 and −3 HU. */
const truth = { low: [2.2, 4], high: [1.3, -3] } as const
const rod = (density: number, lowNoise = 0, highNoise = 0, standardError = 1): DualEnergyRod => ({
  density: mgPerCm3(density),
  lowHu: hu(truth.low[0] * density + truth.low[1] + lowNoise),
  highHu: hu(truth.high[0] * density + truth.high[1] + highNoise),
  lowStandardErrorHu: hu(standardError),
  highStandardErrorHu: hu(standardError),
})
const exact = basisFromRods([rod(0), rod(100), rod(400), rod(800)], 'made')
const user: DualEnergyBasis = {
  origin: 'user',
  low: { calcium: 2, soft: -80, offset: hu(0), covariance: [0, 0, 0] },
  high: { calcium: 1, soft: -60, offset: hu(0), covariance: [0, 0, 0] },
  citation: 'made',
}

describe('a dual-energy basis from rods', () => {
  it('is the line of each series', () => {
    expect(exact.basis.low.calcium).toBeCloseTo(2.2, 12)
    expect(exact.basis.high.offset).toBeCloseTo(-3, 10)
    expect(exact.warnings).toEqual([])
    expect(basisFromRods([rod(0), rod(200)], 'made').warnings.map((w) => w.code)).toEqual([
      'DUAL_ENERGY_NO_RESIDUAL_CHECK',
    ])
  })

  it('is refused from one rod, equal rods, broken numbers, and energies alike', () => {
    expect(codeOf(() => basisFromRods([rod(100)], 'made'))).toBe('DUAL_ENERGY_RODS_INVALID')
    expect(codeOf(() => basisFromRods([rod(100), rod(100)], 'made'))).toBe('DUAL_ENERGY_RODS_INVALID')
    expect(codeOf(() => basisFromRods([rod(100), rod(Number.NaN)], 'made'))).toBe('DUAL_ENERGY_RODS_INVALID')
    const alike = [rod(0), rod(200)].map((r) => ({ ...r, highHu: r.lowHu }))
    expect(codeOf(() => basisFromRods(alike, 'made'))).toBe('DUAL_ENERGY_BASIS_ALIKE')
    expect(separation(exact.basis)).toBeCloseTo(0.9 / (Math.hypot(2.2, 1.3) * Math.SQRT2), 10) // by hand
  })
})

describe('the decomposition', () => {
  it.each([
    [50, 20],
    [100, -60],
    [200, 0],
  ])('gives back %d mg/cm³ with soft tissue of %d HU', (calcium, soft) => {
    const result = decomposeDualEnergy(
      sample(2.2 * calcium + soft + 4),
      sample(1.3 * calcium + soft - 3),
      exact.basis,
      0,
    )
    expect(result.calcium).toBeCloseTo(calcium, 9)
    expect(result.soft).toBeCloseTo(soft, 9)
    // The same by the published formula of a difference of two energies.
    const [lo, hi] = [2.2 * calcium + soft + 4, 1.3 * calcium + soft - 3]
    expect(result.calcium).toBeCloseTo((hi + 3 - (lo - 4)) / (1.3 - 2.2), 9)
  })

  it('takes a user’s direction of soft tissue', () => {
    const result = decomposeDualEnergy(sample(2 * 100 - 80 * 0.5), sample(100 - 60 * 0.5), user, 0)
    expect(result.calcium).toBeCloseTo(100, 9)
    expect(result.soft).toBeCloseTo(0.5, 9)
  })

  it('states an error of the certificate as drawing it shows: both lines move with it', () => {
    const [sd, densities] = [2, [0, 100, 400, 800]]
    const bone = [sample(2.2 * 150 + 4, 0), sample(1.3 * 150 - 3, 0)] as const
    const certified = (off: () => number) =>
      densities.map((density) => ({
        ...rod(density + off(), 0, 0, 0),
        density: mgPerCm3(density),
        densitySd: mgPerCm3(sd),
      }))
    const calcium = (off: () => number) =>
      decomposeDualEnergy(...bone, basisFromRods(certified(off), 'made').basis, 0)
    const stated = Math.sqrt(calcium(() => 0).covariance[0])
    const normal = seededNormal(11)
    const draws = 4000
    let squares = 0
    for (let at = 0; at < draws; at++) squares += (calcium(() => sd * normal()).calcium - 150) ** 2
    // Four times the scatter of an SD of n draws, and 1 % for what is second order in the errors.
    expect(Math.abs(Math.sqrt(squares / draws) / stated - 1)).toBeLessThan(4 / Math.sqrt(2 * draws) + 0.01)
  })

  it('sends noise through with its covariance, by hand', () => {
    // ρ = (x − y)/0.9: var = (9 + 4 − 2·c)/0.81.
    for (const c of [0, 5, -5]) {
      const { noiseCovariance } = decomposeDualEnergy(sample(100, 3), sample(80, 2), exact.basis, c)
      expect(noiseCovariance[0]).toBeCloseTo((13 - 2 * c) / 0.81, 9)
    }
  })

  it('warns of a saturated series by its name', () => {
    const one = decomposeDualEnergy(sample(2900, 1, 12), sample(1500), exact.basis, 0).warnings
    expect(one).toMatchObject([
      { code: 'DUAL_ENERGY_SATURATED', details: { series: 'low-energy', voxels: 12, limit: 3071 } },
    ])
    expect(decomposeDualEnergy(sample(300), sample(3071), exact.basis, 0).warnings).toHaveLength(1)
    expect(decomposeDualEnergy(sample(300), sample(200), exact.basis, 0).warnings).toEqual([])
  })

  it('refuses numbers that cannot be', () => {
    const run = (low: DualEnergySample, c: number, basis = exact.basis) =>
      codeOf(() => decomposeDualEnergy(low, sample(100, 2), basis, c))
    expect(run(sample(Number.NaN), 0)).toBe('DUAL_ENERGY_INPUT_INVALID')
    expect(run(sample(100, -1), 0)).toBe('DUAL_ENERGY_INPUT_INVALID')
    expect(run(sample(100, 2), 4.1)).toBe('DUAL_ENERGY_INPUT_INVALID')
    const low = { ...user.low, covariance: [1, 2, 1] as const }
    expect(run(sample(100), 0, { ...user, low })).toBe('DUAL_ENERGY_INPUT_INVALID')
    expect(run(sample(100), 0, { ...user, low: { ...user.high } })).toBe('DUAL_ENERGY_BASIS_ALIKE')
  })

  it.each([50, 100, 200])(
    'holds %d mg/cm³ in 92 to 98 %% of its 95 %% intervals, rods and noise drawn',
    (calcium) => {
      const normal = seededNormal(calcium)
      const repeats = 2000
      let [held, ratio] = [0, 0]
      for (let repeat = 0; repeat < repeats; repeat++) {
        // Two rods speak by their known errors alone; more would take the larger of scatter and error.
        const rods = [0, 200].map((density) => rod(density, 1.5 * normal(), 1.5 * normal(), 1.5))
        const { basis } = basisFromRods(rods, 'drawn')
        // Noise of the two series shares 60 %: c = 0.6·3·2.
        const shared = normal()
        const low = 3 * shared
        const high = 2 * (0.6 * shared + 0.8 * normal())
        const result = decomposeDualEnergy(
          sample(2.2 * calcium + 30 + 4 + low, 3),
          sample(1.3 * calcium + 30 - 3 + high, 2),
          basis,
          3.6,
        )
        const error = Math.abs(result.calcium - calcium)
        if (error <= 1.96 * Math.sqrt(result.covariance[0])) held++
        ratio += (error ** 2 / result.covariance[0] - 1) / repeats
      }
      expect(held / repeats).toBeGreaterThan(0.92)
      expect(held / repeats).toBeLessThan(0.98)
      expect(Math.abs(ratio)).toBeLessThan(0.12) // SD of the mean of 2000 squares of normals is 0.03
    },
  )
})
