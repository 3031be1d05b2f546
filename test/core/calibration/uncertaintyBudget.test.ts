import { describe, expect, it } from 'vitest'
import { densityOf, type MeasuredRod } from '../../../src/core/calibration/densityCalibration.ts'
import { densityStandardError, fitCalibration } from '../../../src/core/calibration/fitCalibration.ts'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import type { PhantomModel } from '../../../src/core/calibration/phantomModel.ts'
import { type BudgetPart, inScanBudget } from '../../../src/core/calibration/uncertaintyBudget.ts'
import { hu, mgPerCm3 } from '../../../src/core/units.ts'
import { measuredRods } from './measuredRods.ts'
import { seededNormal } from './seededNormal.ts'

const DRAWS = 4000
/** The SD of n normal draws scatters by 1/√(2n); four of these, and 1 % for what is second order in the errors. */
const TOLERANCE = 4 / Math.sqrt(2 * DRAWS) + 0.01

const SIZES = { noise: 0.8, placement: 0.5, certificate: 1.1, water: 0.9, drift: 1.3 } as const

/** Rods on an exact line of 1.25 HU per mg/cm³, doubted as stated. */
function doubtedRods(phantom: PhantomModel): MeasuredRod[] {
  const ctNumbers = phantom.rods.map(({ density, waterDensity }) =>
    waterDensity === undefined ? 1.25 * density + 3 : waterDensity - 999.6 + (1.25 + 0.2174) * density + 3,
  )
  return measuredRods(phantom, ctNumbers, SIZES.noise).map((rod) => ({
    ...rod,
    placementSdHu: hu(SIZES.placement),
    densitySd: mgPerCm3(SIZES.certificate),
    ...(rod.waterDensity === undefined ? {} : { waterDensitySd: mgPerCm3(SIZES.water) }),
    driftHu: hu(SIZES.drift),
  }))
}

const partOf = (budget: ReturnType<typeof inScanBudget>, wanted: BudgetPart) =>
  budget.parts.find(({ part }) => part === wanted)!.standardUncertainty

/** SD of the density at a CT number over fits of rods that are drawn anew. */
function drawnSd(
  phantom: PhantomModel,
  rods: readonly MeasuredRod[],
  ctNumber: number,
  draw: (rod: MeasuredRod, normal: () => number, common: number) => MeasuredRod,
): number {
  const normal = seededNormal(20_261)
  const densities: number[] = []
  for (let at = 0; at < DRAWS; at++) {
    const common = normal()
    const drawn = rods.map((rod) => draw(rod, normal, common))
    densities.push(densityOf(fitCalibration(phantom, drawn).calibration, hu(ctNumber)))
  }
  const mean = densities.reduce((sum, value) => sum + value, 0) / DRAWS
  return Math.sqrt(densities.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1))
}

describe.each(['mindways-model-3', 'b-mas-200', 'qrm-bdc-3', 'siemens-osteo'])(
  'the budget of an in-scan density by %s',
  (id) => {
    const phantom = phantomById(id)
    const rods = doubtedRods(phantom)
    const { calibration } = fitCalibration(phantom, rods)
    const ctNumber = 160
    const budget = inScanBudget(calibration, hu(ctNumber), hu(1.5))

    it.each<[BudgetPart, Parameters<typeof drawnSd>[3]]>([
      ['rodNoise', (rod, normal) => ({ ...rod, meanHu: hu(rod.meanHu + SIZES.noise * normal()) })],
      ['rodPlacement', (rod, normal) => ({ ...rod, meanHu: hu(rod.meanHu + SIZES.placement * normal()) })],
      [
        'certificate',
        (rod, normal) => ({
          ...rod,
          density: mgPerCm3(rod.density + SIZES.certificate * normal()),
          ...(rod.waterDensity === undefined
            ? {}
            : { waterDensity: mgPerCm3(rod.waterDensity + SIZES.water * normal()) }),
        }),
      ],
      ['drift', (rod, _normal, common) => ({ ...rod, meanHu: hu(rod.meanHu + SIZES.drift * common) })],
    ])('states %s as drawing it shows', (part, draw) => {
      const stated = partOf(budget, part)!
      expect(Math.abs(drawnSd(phantom, rods, ctNumber, draw) / stated - 1)).toBeLessThan(TOLERANCE)
    })

    it('adds up to what the calibration says of itself, and to what drawing everything shows', () => {
      const line = densityStandardError(calibration, hu(ctNumber), hu(0))
      const roi = partOf(budget, 'roiNoise')!
      expect(roi).toBeCloseTo(1.5 * calibration.slope, 9)
      expect(budget.standardUncertainty).toBeCloseTo(Math.hypot(line, roi), 9) // the same sum in another order
      const everything = drawnSd(phantom, rods, ctNumber, (rod, normal, common) => ({
        ...rod,
        meanHu: hu(rod.meanHu + SIZES.noise * normal() + SIZES.placement * normal() + SIZES.drift * common),
        density: mgPerCm3(rod.density + SIZES.certificate * normal()),
        ...(rod.waterDensity === undefined
          ? {}
          : { waterDensity: mgPerCm3(rod.waterDensity + SIZES.water * normal()) }),
      }))
      expect(Math.abs(everything / line - 1)).toBeLessThan(TOLERANCE)
    })
  },
)

describe('the parts that are not known', () => {
  const phantom = phantomById('b-mas-200')
  const bare = measuredRods(phantom, [3, 68, 127, 190, 254], 0.5)

  it('are named and null, not zero', () => {
    const budget = inScanBudget(fitCalibration(phantom, bare).calibration, hu(120), hu(1))
    expect(budget.unknown).toEqual(['certificate', 'rodPlacement', 'drift'])
    expect(partOf(budget, 'certificate')).toBeNull()
    expect(partOf(budget, 'rodNoise')).toBeGreaterThan(0)
  })

  it('hold the fit where two rods leave no residual', () => {
    const osteo = phantomById('siemens-osteo')
    const { calibration } = fitCalibration(osteo, measuredRods(osteo, [5, 285], 0.5))
    expect(inScanBudget(calibration, hu(120), hu(1)).unknown).toContain('fit')
  })

  it('are the whole certificate where one rod of it states nothing', () => {
    const rods = bare.map((rod, at) => (at === 2 ? rod : { ...rod, densitySd: mgPerCm3(1) }))
    const budget = inScanBudget(fitCalibration(phantom, rods).calibration, hu(120), hu(1))
    expect(partOf(budget, 'certificate')).toBeNull()
  })
})

it('a scatter beyond what the rods are doubted by is the fit’s own part', () => {
  const phantom = phantomById('b-mas-200')
  const rods = measuredRods(phantom, [3, 72, 121, 190, 254], 0.1)
  const { calibration } = fitCalibration(phantom, rods)
  const budget = inScanBudget(calibration, hu(127), hu(0))
  const noise = partOf(budget, 'rodNoise')!
  expect(partOf(budget, 'fit')).toBeGreaterThan(5 * noise)
  expect(Math.hypot(noise, partOf(budget, 'fit')!)).toBeCloseTo(
    densityStandardError(calibration, hu(127), hu(0)),
    9, // the same sum in another order
  )
})
