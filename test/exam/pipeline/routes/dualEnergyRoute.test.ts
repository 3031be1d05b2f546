import { beforeAll, describe, expect, it } from 'vitest'
import type { DualEnergyFile } from '../../../../src/core/calibration/dualEnergy/dualEnergyFile.ts'
import { lpsPoint } from '../../../../src/core/geometry/lps.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import { defaultExamParameters } from '../../../../src/demo/examParameters.ts'
import { renderExam } from '../../../../src/demo/renderExam.ts'
import { tissueParameters } from '../../../../src/demo/tissueParameterSchema.ts'
import { analyzeExam } from '../../../../src/exam/pipeline/analyzeExam.ts'
import type { SecondSeries } from '../../../../src/exam/pipeline/secondSeries.ts'
import { scannerAt } from '../../../demo/statedExam.ts'
import { digitalSeries, type RouteExam, routeExam } from './routeExam.ts'

let exam: RouteExam
let second: CtVolume

beforeAll(() => {
  const { phantom } = defaultExamParameters
  exam = routeExam({
    scanner: scannerAt(80),
    image: { noiseSdHu: 14, blurSigmaMm: 0.6 },
    tissue: tissueParameters.parse({}),
    dualEnergy: { kvp: 140, noiseSdHu: 10 },
    phantom: phantom === null ? null : { ...phantom, id: 'b-mas-200' },
  })
  second = renderExam(exam.parameters, { series: 'second' }).volume
})

const measured = (
  calibration: 'dual-energy' | 'all',
  basis: DualEnergyFile | null,
  other: SecondSeries = { series: digitalSeries(second, 140, '1.4'), volume: second },
) =>
  analyzeExam(
    exam.volume,
    { ...exam.context, second: other },
    exam.request({ calibration, dualEnergy: { otherSeriesUid: '1.4', basis } }),
  )

/** The basis that the digital scanner's own truth gives: what 1 mg/cm³ of its rods adds at each voltage. */
function trueBasis(): DualEnergyFile {
  const [low, high] = exam.truth.tissue?.exposures ?? []
  const densities = exam.truth.phantom?.rods ?? []
  return {
    schemaVersion: 1,
    citation: 'truth of the digital exam',
    pair: { unit: 'kVp', low: 80, high: 140 },
    basis: null,
    rods: densities.map(({ label, densityMgPerCm3 }) => ({
      densityMgPerCm3,
      lowHu: low?.rods.find((rod) => rod.label === label)?.meanHu ?? Number.NaN,
      highHu: high?.rods.find((rod) => rod.label === label)?.meanHu ?? Number.NaN,
      lowStandardErrorHu: 0,
      highStandardErrorHu: 0,
    })),
  }
}

describe('a dual-energy pair', () => {
  it.each([['the phantom in the scan'], ['a stated basis']])('gives hydroxyapatite by %s', async (from) => {
    const { status, results, decisions } = await measured(
      'dual-energy',
      from === 'a stated basis' ? trueBasis() : null,
    )
    expect(status).toBe('done')
    expect(decisions.calibration).toMatchObject({ used: 'dual-energy', why: 'asked for' })
    expect(results.calibration).toMatchObject({
      method: 'dual-energy',
      mineral: 'HA',
      slopeMgPerCm3PerHu: null,
      dualEnergy: { pair: { unit: 'kVp', low: 80, high: 140 }, otherSeriesUid: '1.4' },
    })
    for (const [index, level] of results.spine.levels.entries()) {
      const truth = exam.truth.levels[index]?.vbmdMgPerCm3 ?? Number.NaN
      // The limit on bias, 5 mg/cm³, beyond two standard uncertainties of the noise of both series.
      const noise = level.byCalibration[0]?.parts.noiseMgPerCm3 ?? Number.NaN
      expect(Math.abs((level.vbmdMgPerCm3 ?? Number.NaN) - truth)).toBeLessThan(5 + 2 * noise)
    }
  })

  it('is printed for research, with a mean and without category', async () => {
    const { results } = await measured('dual-energy', null)
    expect(results.spine.meanVbmdMgPerCm3).not.toBeNull()
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'researchRoute' } })
    const text = results.report.text.replace(/\s+/g, ' ')
    expect(text).toContain('For research: densities by dual energy')
    expect(text).not.toMatch(/approximately equivalent/)
  })

  it('stands beside the phantom of the same mineral, without a difference', async () => {
    const { decisions, results } = await measured('all', null)
    expect(decisions.calibration).toMatchObject({ used: 'in-scan', why: 'order of trust' })
    for (const level of results.spine.levels) {
      expect(level.byCalibration.map(({ route }) => route)).toEqual(['in-scan', 'dual-energy'])
      expect(level.vbmdMgPerCm3).toBe(level.byCalibration[0]?.vbmdMgPerCm3)
    }
    expect(results.spine.disagreements).toEqual([])
    expect(results.calibrations.map(({ id }) => id)).toEqual(['L1', 'L2', 'dual-energy'])
    expect(results.report.text).toContain('CALIBRATION ROUTES SIDE BY SIDE')
  })
})

describe('what is no dual-energy pair', () => {
  const refusalOf = async (basis: DualEnergyFile | null, other?: SecondSeries) => {
    const { status, refusal } = await measured('dual-energy', basis, other)
    expect(status).toBe('refused')
    return refusal
  }

  it('is one voltage twice', async () => {
    const other = { series: digitalSeries(second, 80, '1.4'), volume: second }
    expect(await refusalOf(null, other)).toMatchObject({
      code: 'DUAL_ENERGY_SERIES_DIFFER',
      message: expect.stringContaining('80 kVp'),
    })
  })

  it('is a series that begins elsewhere', async () => {
    const { geometry } = second
    const [x, y, z] = geometry.origin
    const moved = { ...second, geometry: { ...geometry, origin: lpsPoint(x + 1, y, z) } }
    const other = { series: digitalSeries(moved, 140, '1.4'), volume: moved }
    expect(await refusalOf(null, other)).toMatchObject({
      code: 'DUAL_ENERGY_SERIES_DIFFER',
      message: expect.stringContaining('different places'),
    })
  })

  it('is a pair for which the basis was not made', async () => {
    const basis = { ...trueBasis(), pair: { unit: 'kVp' as const, low: 100, high: 140 } }
    expect(await refusalOf(basis)).toMatchObject({ code: 'DUAL_ENERGY_OTHER_PAIR' })
  })
})
