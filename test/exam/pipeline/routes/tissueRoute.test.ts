import { beforeAll, describe, expect, it } from 'vitest'
import {
  learnTissueReference,
  type PairedScan,
} from '../../../../src/core/calibration/tissue/learnTissueReference.ts'
import { tissueReferenceFile } from '../../../../src/core/calibration/tissue/tissueFiles.ts'
import { hu, mgPerCm3 } from '../../../../src/core/units.ts'
import { defaultExamParameters, type ExamParameters } from '../../../../src/demo/examParameters.ts'
import { examScene } from '../../../../src/demo/examScene.ts'
import { randomPatientParameters } from '../../../../src/demo/randomPatientParameters.ts'
import { tissueTruth } from '../../../../src/demo/tissueTruth.ts'
import { analyzeExam } from '../../../../src/exam/pipeline/analyzeExam.ts'
import type { TissueRequest } from '../../../../src/exam/pipeline/examRequest.ts'
import { requestOfDecisions } from '../../../../src/exam/pipeline/requestOfDecisions.ts'
import { NO_TISSUES } from '../../../../src/exam/pipeline/routes/tissueRegions.ts'
import { tissueRoutes } from '../../../../src/exam/pipeline/routes/tissueRoute.ts'
import { densities, spread } from '../../../core/calibration/tissue/modelTissues.ts'
import { PORTAL_VENOUS, scannerAt } from '../../../demo/statedExam.ts'
import { type RouteExam, routeExam } from './routeExam.ts'

const NO_CONTRAST = {
  phase: 'none' as const,
  enhancementHu: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 },
}

/** A patient with tissues of their own on the one scanner, without contrast and with marrow as water. */
function patientOf(index: number): Partial<ExamParameters> {
  const { tissue } = randomPatientParameters(31, index)
  if (tissue === undefined) throw new Error('a random patient states their tissues')
  return { scanner: scannerAt(120), tissue: { ...tissue, marrowFatFraction: null, contrast: NO_CONTRAST } }
}

/** What a phantom and four tissues show in one scan, by the truth of the digital exam. */
function pairedScan(index: number): PairedScan {
  const parameters = { ...defaultExamParameters, ...patientOf(index) }
  const exposure = tissueTruth(examScene(parameters), [])?.exposures[0]
  if (exposure === undefined) throw new Error('an exam with stated tissues has a truth about them')
  const sample = (tissue: PairedScan['tissues'][number]['tissue'], value: number) => ({
    tissue,
    meanHu: hu(value),
    standardErrorHu: hu(0),
  })
  return {
    deviceSerial: 'DIGITAL-1',
    kvp: 120,
    calibration: {
      slope: exposure.slopeMgPerCm3PerHu,
      intercept: mgPerCm3(exposure.interceptMgPerCm3),
      phantom: 'mindways-model-3',
      mineral: 'K2HPO4',
    },
    tissues: [
      sample('air', -1000),
      sample('adipose', exposure.subcutaneousFatHu),
      sample('skeletalMuscle', exposure.muscleHu),
      sample('blood', exposure.aortaHu),
    ],
  }
}

let exam: RouteExam
let reference: NonNullable<TissueRequest['reference']>

/** Places at which the digital trunk shows one tissue alone. */
const regions = (of: RouteExam): TissueRequest['regions'] => {
  const z = of.truth.levels[1]?.seedLps[2] ?? Number.NaN
  const at = (
    tissue: TissueRequest['regions'][number]['tissue'],
    x: number,
    y: number,
    radiusMm: number,
  ) => ({
    tissue,
    centerLps: [x, y, z] as [number, number, number],
    radiusMm,
    heightMm: 24,
  })
  return [
    at('air', -150, -125, 8),
    at('adipose', -150, 48, 5),
    at('skeletalMuscle', -118, 63, 6),
    at('blood', 10, -9, 6),
  ]
}

const inputs = (change: Partial<TissueRequest> = {}): TissueRequest => ({
  densities: null,
  spread: null,
  reference: null,
  windows: null,
  regions: regions(exam),
  ...change,
})

const measured = (tissue: TissueRequest | null, calibration: 'tissue' | 'all' = 'tissue', of = exam) =>
  analyzeExam(of.volume, of.context, of.request({ calibration, tissue }))

beforeAll(() => {
  exam = routeExam({ ...patientOf(20), phantom: null })
  reference = tissueReferenceFile(
    learnTissueReference(Array.from({ length: 12 }, (_, index) => pairedScan(index))),
  )
})

describe('tissues learned on the scanner', () => {
  it('are placed by the program where nobody gave regions, and read as the given ones do', async () => {
    const given = await measured(inputs({ reference }))
    const placed = await measured(inputs({ reference, regions: [] }))
    expect(placed.status).toBe('done')
    const names = new Set(placed.decisions.tissueRegions.map(({ tissue }) => tissue))
    expect([...names].sort()).toEqual(['adipose', 'air', 'blood', 'skeletalMuscle'])
    expect(placed.decisions.tissueRegions.every(({ source }) => source === 'automatic')).toBe(true)
    // Cortical bone never has a place, and that is said.
    expect(placed.results.routes[0]?.reasons.join(' ')).toContain('cortical bone')
    const tissues = (record: typeof placed) => record.results.calibration.tissue?.tissues ?? []
    for (const { tissue, meanHu } of tissues(placed)) {
      const other = tissues(given).find((one) => one.tissue === tissue)
      // Two places in one tissue: their noise, and 3 HU of what is left of the edges and of air's cut-off scale.
      expect(Math.abs(meanHu - (other?.meanHu ?? Number.NaN))).toBeLessThan(4)
    }
  })

  it('give the densities of another patient within what their own doubt says', async () => {
    const { status, decisions, results } = await measured(inputs({ reference }))
    expect(status).toBe('done')
    expect(decisions.calibration).toMatchObject({ used: 'tissue-precalibrated', why: 'asked for' })
    expect(decisions.tissueRegions.map(({ tissue, source }) => [tissue, source])).toEqual([
      ['air', 'roi file'],
      ['adipose', 'roi file'],
      ['skeletalMuscle', 'roi file'],
      ['blood', 'roi file'],
    ])
    for (const [index, level] of results.spine.levels.entries()) {
      const truth = exam.truth.tissue?.exposures[0]?.levels[index]?.singleEnergyVbmdMgPerCm3 ?? Number.NaN
      // One patient of a spread that the interval is to hold: three standard uncertainties, where 1.96 are stated.
      const three = (3 / 1.96) * (level.uncertaintyMgPerCm3 ?? Number.NaN)
      expect(Math.abs((level.vbmdMgPerCm3 ?? Number.NaN) - truth)).toBeLessThan(three)
      // Tissues that differ by 6 HU are 4 mg/cm³ each; a wider interval would say nothing.
      expect(level.uncertaintyMgPerCm3).toBeLessThan(12)
    }
    expect(results.spine.meanVbmdMgPerCm3).not.toBeNull()
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'sitePolicy' } })
    const text = results.report.text.replace(/\s+/g, ' ')
    expect(text).toContain('12 scans of device DIGITAL-1')
    expect(text).toContain('Limitation: densities by tissues (pre-calibrated)')
  })

  it('are measured where a person says, as the truth says', async () => {
    const { results } = await measured(inputs({ reference }))
    const truth = exam.truth.tissue?.exposures[0]
    const found = new Map(results.calibration.tissue?.tissues.map((sample) => [sample.tissue, sample]))
    const expected = {
      air: -1000,
      adipose: truth?.subcutaneousFatHu,
      skeletalMuscle: truth?.muscleHu,
      blood: truth?.aortaHu,
    }
    for (const [tissue, value] of Object.entries(expected)) {
      const sample = found.get(tissue as 'air')
      // Four standard errors: a chance of 1 in 16 000 each. Another 1.5 HU for pixels at the edge of a small region.
      expect(Math.abs((sample?.meanHu ?? Number.NaN) - (value ?? 0))).toBeLessThan(
        1.5 + 4 * (sample?.standardErrorHu ?? 0),
      )
    }
  })

  it('are refused at another voltage', async () => {
    const { refusal } = await measured(inputs({ reference: { ...reference, kvp: 100 } }))
    expect(refusal?.code).toBe('TISSUE_REFERENCE_OTHER_KVP')
  })

  it('are refused on another scanner than they were learned on, and doubted where the images name none', async () => {
    const learned = {
      deviceSerial: 'DIGITAL-2',
      model: 'Digital exam',
      phantom: 'mindways-model-3',
      firstDate: '2026-01-05',
      lastDate: '2026-02-05',
      residualsMgPerCm3: {},
    }
    const of = inputs({ reference: { ...reference, learned } })
    const { refusal } = await measured(of)
    expect(refusal?.code).toBe('TISSUE_REFERENCE_OTHER_SCANNER')
    const places = {
      ...NO_TISSUES,
      regions: of.regions.map((region) => ({ ...region, source: 'roi file' as const })),
    }
    const [unnamed] = tissueRoutes(exam.volume, of, places, { kvp: 120, deviceSerial: null })
    expect(unnamed?.status).toBe('done')
    expect(unnamed?.warnings.map(({ code }) => code)).toContain('TISSUE_SCANNER_NOT_STATED')
    const [same] = tissueRoutes(exam.volume, of, places, { kvp: 120, deviceSerial: 'DIGITAL-2' })
    expect(same?.warnings.map(({ code }) => code)).not.toContain('TISSUE_SCANNER_NOT_STATED')
  })

  it('are rebuilt from the decisions alone', async () => {
    const record = await measured(inputs({ reference }))
    const again = await analyzeExam(exam.volume, exam.context, {
      ...requestOfDecisions(record.decisions),
    })
    expect(again).toEqual(record)
  })
})

describe('tissues by the energy they show', () => {
  it('are raw: a table of what each does, for research, no category', async () => {
    const { decisions, results } = await measured(inputs({ densities, spread }))
    expect(decisions.calibration.used).toBe('tissue-raw')
    const tissue = results.calibration.tissue
    // 120 kVp through a trunk; CT scanners show 60 to 80 keV there.
    expect(tissue?.effectiveEnergyKeV).toBeGreaterThan(50)
    expect(tissue?.effectiveEnergyKeV).toBeLessThan(90)
    expect(tissue?.leftOut.map((row) => row.tissue)).toEqual(['air', 'adipose', 'skeletalMuscle', 'blood'])
    // Without air the rest spans too little: said in the table, not thrown.
    expect(tissue?.leftOut[0]?.refusal?.code).toBe('TISSUES_COLLINEAR')
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'researchRoute' } })
    expect(results.report.text.replace(/\s+/g, ' ')).toContain('For research: densities by tissues (raw)')
  })

  it('leave contrast-filled blood out and say so', async () => {
    const { tissue } = patientOf(20)
    const enhanced = routeExam({
      scanner: scannerAt(120),
      phantom: null,
      ...(tissue === undefined ? {} : { tissue: { ...tissue, contrast: PORTAL_VENOUS } }),
    })
    const { results } = await measured(inputs({ reference }), 'tissue', enhanced)
    expect(results.warnings.map(({ code }) => code)).toContain('TISSUE_CONTRAST_SUSPECTED')
    const blood = results.calibration.tissue?.tissues.find((sample) => sample.tissue === 'blood')
    expect(blood).toMatchObject({ isUsed: false, residualHu: null })
  })
})

describe('without what tissues need', () => {
  it('the route is not possible: no values, no regions', async () => {
    expect((await measured(null)).refusal?.code).toBe('TISSUE_INPUTS_MISSING')
    const unplaced = tissueRoutes(exam.volume, inputs({ reference, regions: [] }), NO_TISSUES, {
      kvp: 120,
      deviceSerial: null,
    })
    expect(unplaced).toMatchObject([{ status: 'not possible', refusal: { code: 'TISSUE_REGIONS_MISSING' } }])
    expect((await measured(inputs())).refusal?.code).toBe('TISSUE_INPUTS_MISSING')
  })

  it('all goes on with the routes that are', async () => {
    const { status, decisions, results } = await measured(inputs({ reference, densities, spread }), 'all')
    expect(status).toBe('done')
    expect(decisions.calibration).toMatchObject({ used: 'tissue-precalibrated', why: 'order of trust' })
    expect(results.routes.map(({ route, status: became }) => [route, became])).toEqual([
      ['in-scan', 'not possible'],
      ['asynchronous', 'not possible'],
      ['tissue-precalibrated', 'done'],
      ['tissue-raw', 'done'],
      ['dual-energy', 'not possible'],
      ['hu-only', 'done'],
    ])
    expect(results.spine.screening?.attenuationHu).toBe(results.spine.levels[0]?.meanHu)
  })
})
