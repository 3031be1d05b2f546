import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { densityStandardError } from '../../src/core/calibration/fitCalibration.ts'
import {
  k2hpo4Line,
  leaveOneTissueOut,
  tissueCalibration,
} from '../../src/core/calibration/tissue/tissueCalibration.ts'
import { parseTissueDensities } from '../../src/core/calibration/tissue/tissueDensities.ts'
import { parseTissueSpread, type TissueReferenceFile } from '../../src/core/calibration/tissue/tissueFiles.ts'
import { tissueHu } from '../../src/core/calibration/tissue/tissueHu.ts'
import { TISSUES, type Tissue, type TissueSample } from '../../src/core/calibration/tissue/tissues.ts'
import { hu } from '../../src/core/units.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { analyzeSource } from '../../src/exam/pipeline/analyzeSource.ts'
import { PLAIN_REQUEST, type TissueRequest } from '../../src/exam/pipeline/examRequest.ts'
import type { ExamSource } from '../../src/exam/pipeline/examSource.ts'
import type { ExamRecord } from '../../src/exam/record/examRecord.ts'
import { parseRoiFile } from '../../src/exam/record/roiFile.ts'
import { describeExternal, realData } from './external.ts'

/** Two patients without a phantom, as a user with tissue files of their own would send them through every route. */
const SCANS = {
  'acrin-abdomen': { path: 'ct/acrin-abdomen', kvp: 140 },
  'totalseg-example': { path: 'ct/totalseg-example/example_ct.nii.gz', kvp: null },
} as const
type Scan = keyof typeof SCANS

const DENSITIES = {
  ...parseTissueDensities({
    schemaVersion: 1,
    source: {
      citation: 'NIST, X-ray mass attenuation coefficients, Table 2 (ICRU-44 tissues)',
      verification: 'user',
      verifiedBy: 'the test that gives them',
    },
    densityGPerCm3: { adipose: 0.95, blood: 1.06, corticalBone: 1.92, skeletalMuscle: 1.05 },
  }),
}

const spreadOf = (extra: object = {}) =>
  parseTissueSpread({
    schemaVersion: 1,
    citation: 'assumed by the test: 6 HU from person to person',
    sdHu: { adipose: 6, skeletalMuscle: 6, blood: 6, corticalBone: 6 },
    ...extra,
  })

/**
 * What fat and muscle of the table count as on the line of 70 keV: a reference that knows nothing of the patient.
 */
const reference = (kvp: number): TissueReferenceFile => {
  const { slope, intercept } = k2hpo4Line(70)
  const countsAs = (tissue: Tissue) => ({
    densityMgPerCm3: slope * tissueHu(tissue, 70, DENSITIES) + intercept,
    sdMgPerCm3: 5,
  })
  return {
    schemaVersion: 1,
    origin: 'user',
    mineral: 'K2HPO4',
    kvp,
    scans: null,
    citation: 'made up by the test',
    tissues: { adipose: countsAs('adipose'), skeletalMuscle: countsAs('skeletalMuscle') },
  }
}

async function sourceOf(scan: Scan): Promise<ExamSource> {
  const files = await openPaths([realData(...SCANS[scan].path.split('/'))])
  if (scan === 'totalseg-example') return { kind: 'nifti', file: files[0]! }
  const { studies, setAside } = await openExam(files)
  return { kind: 'study', study: studies[0]!, setAside }
}

async function analyzed(scan: Scan, change: Partial<TissueRequest>): Promise<ExamRecord> {
  const file = join(import.meta.dirname, '../fixtures', `${scan}.roi.json`)
  const { roiFile } = parseRoiFile(JSON.parse(readFileSync(file, 'utf8')))
  const { record } = await analyzeSource(await sourceOf(scan), {
    ...PLAIN_REQUEST,
    calibration: 'all',
    roiFile,
    levels: ['L1', 'L2', 'L3'],
    tissue: { densities: null, spread: null, reference: null, windows: null, regions: [], ...change },
  })
  return record
}

const byEnergy = (scan: Scan) => analyzed(scan, { densities: DENSITIES, spread: { ...spreadOf() } })
const became = ({ results }: ExamRecord) =>
  Object.fromEntries(
    results.routes.map(({ route, status, refusal }) => [route, status === 'done' ? status : refusal?.code]),
  )
const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code)
const tissueOf = (record: ExamRecord) => {
  const { tissue } = record.results.calibration
  if (tissue === null) throw new Error('the tissues calibrated nothing')
  return tissue
}
const samplesOf = (record: ExamRecord): TissueSample[] =>
  tissueOf(record).tissues.map(({ tissue, meanHu, standardErrorHu }) => ({
    tissue,
    meanHu: hu(meanHu),
    standardErrorHu: hu(standardErrorHu),
  }))

interface Seen {
  readonly hu: Partial<Record<Tissue, number>>
  readonly keV: number
  /** L1, L2, L3 by the energy, mg/cm³. */
  readonly density: readonly number[]
}

/**
 * What was seen, to 1 HU and 1 keV: half of the last digit stated, and as much again for another machine's rounding
 * of where a region lies.
 */
const SEEN: Record<Scan, Seen> = {
  'acrin-abdomen': {
    hu: { air: -996, adipose: -109, skeletalMuscle: 50, blood: 42 },
    keV: 53,
    density: [83, 83, 76],
  },
  'totalseg-example': {
    hu: { air: -998, adipose: -105, skeletalMuscle: 34, blood: 42 },
    keV: 55,
    density: [72, 60, 56],
  },
}

const records = {} as Record<Scan, ExamRecord>

describeExternal('real-data', 'tissues of two real patients as calibration', () => {
  beforeAll(async () => {
    for (const scan of ['acrin-abdomen', 'totalseg-example'] as const) records[scan] = await byEnergy(scan)
  })

  describe.each(['acrin-abdomen', 'totalseg-example'] as const)('%s', (scan) => {
    it('tries every route and says of each what became of it', () => {
      expect(records[scan].status).toBe('done')
      expect(became(records[scan])).toEqual({
        'in-scan': 'RODS_NOT_FOUND',
        asynchronous: 'ASYNCHRONOUS_NOT_GIVEN',
        'tissue-raw': 'done',
        'dual-energy': 'DUAL_ENERGY_NOT_GIVEN',
        // 140 kVp, and a NIfTI file that states none.
        'hu-only': 'HU_ONLY_REFUSED',
      })
      const screening = records[scan].results.routes.find(({ route }) => route === 'hu-only')
      expect(screening?.refusal?.message).toContain(String(SCANS[scan].kvp ?? 'not stated'))
    })

    it('uses four tissues, each inside its window, and says why there is no fifth', () => {
      const { tissues } = tissueOf(records[scan])
      expect(tissues.map(({ tissue, isUsed }) => [tissue, isUsed])).toEqual(
        TISSUES.filter((name) => name !== 'corticalBone').map((name) => [name, true]),
      )
      for (const { tissue, meanHu } of tissues)
        expect(Math.abs(meanHu - (SEEN[scan].hu[tissue] ?? Number.NaN)), tissue).toBeLessThan(1)
      const route = records[scan].results.routes.find((one) => one.route === 'tissue-raw')
      expect(route?.reasons.join(' ')).toContain('cortical bone')
      expect(records[scan].decisions.tissueRegions.every(({ source }) => source === 'automatic')).toBe(true)
    })

    it('fits an energy that it says not to rely on', () => {
      const tissue = tissueOf(records[scan])
      expect(Math.abs((tissue.effectiveEnergyKeV ?? 0) - SEEN[scan].keV)).toBeLessThan(1)
      expect(tissue.effectiveEnergyStandardErrorKeV).toBeGreaterThan(5)
      expect(tissue.effectiveEnergyStandardErrorKeV).toBeLessThan(9)
      const blood = tissue.tissues.find((one) => one.tissue === 'blood')
      expect(blood?.residualHu).toBeLessThan(-17)
      const said = codes(records[scan].results.warnings)
      expect(said).toContain('TISSUE_RESIDUAL_LARGE')
      expect(said).toContain('TISSUES_CONTRADICT')
      expect(said).toContain(scan === 'acrin-abdomen' ? 'KVP_NOT_120' : 'KVP_UNKNOWN')
      // 1 keV is 2.5 mg/cm³ here.
      for (const [at, { vbmdMgPerCm3 }] of records[scan].results.spine.levels.entries())
        expect(Math.abs((vbmdMgPerCm3 ?? Number.NaN) - (SEEN[scan].density[at] ?? Number.NaN))).toBeLessThan(
          2.5,
        )
      for (const level of records[scan].results.spine.levels)
        expect(codes(level.byCalibration.flatMap(({ warnings }) => warnings))).toContain(
          'TISSUE_EXTRAPOLATED',
        )
    })

    it('keeps what each tissue does in the record: fat decides', () => {
      const { leftOut, leftOutAtHu } = tissueOf(records[scan])
      const table = new Map(leftOut.map((row) => [row.tissue, row]))
      expect([...table.keys()]).toEqual(['air', 'adipose', 'skeletalMuscle', 'blood'])
      // Fat, muscle and blood alone.
      expect(table.get('air')?.refusal?.code).toBe('TISSUES_COLLINEAR')
      expect(table.get('adipose')?.refusal?.code).toBe('TISSUE_ENERGY_OUT_OF_RANGE')
      const samples = samplesOf(records[scan])
      for (const row of leaveOneTissueOut(samples, DENSITIES, spreadOf(), hu(leftOutAtHu ?? Number.NaN)))
        expect(table.get(row.tissue)?.changeMgPerCm3).toBe(row.change)
      for (const tissue of ['skeletalMuscle', 'blood'] as const)
        expect(Math.abs(table.get(tissue)?.changeMgPerCm3 ?? Number.NaN)).toBeLessThan(6)
    })

    it('has nothing to contradict, and little to say, once the spread holds the distance to the table', () => {
      const wide = spreadOf({ sdHu: { adipose: 20, skeletalMuscle: 10, blood: 10, corticalBone: 300 } })
      const { calibration, warnings } = tissueCalibration(samplesOf(records[scan]), DENSITIES, wide)
      expect(warnings).toEqual([])
      const l1 = hu(records[scan].results.spine.levels[0]?.meanHu ?? Number.NaN)
      // More than the 40 mg/cm³ between the two cut points of the spine, either way.
      expect(1.96 * densityStandardError(calibration, l1, hu(0))).toBeGreaterThan(40)
    })

    it('is refused with fat, blood and muscle alone', () => {
      const soft = samplesOf(records[scan]).filter(({ tissue }) => tissue !== 'air')
      expect(() => tissueCalibration(soft, DENSITIES, spreadOf())).toThrow(
        expect.objectContaining({ code: 'TISSUES_COLLINEAR' }),
      )
    })

    it('prints no density without the word research, and no category', () => {
      const { spine, report } = records[scan].results
      expect(spine).toMatchObject({ category: null, categoryWithheld: { code: 'researchRoute' } })
      const text = report.text.replace(/\s+/g, ' ')
      expect(text).toContain('Trabecular vBMD (research)')
      expect(text).toContain('For research: densities by tissues (raw)')
      expect(text).not.toMatch(/approximately equivalent|BMD(?! \(research\)| of L)/)
      expect(text).toContain(DENSITIES.citation)
      expect(records[scan].decisions.calibration.tissue?.densities?.verifiedBy).toBe(
        'the test that gives them',
      )
    })

    it('shows blood no energy explains by the table: below what 100 keV would give', () => {
      const blood = tissueOf(records[scan]).tissues.find((one) => one.tissue === 'blood')
      for (const energy of [45, 60, 80, 100])
        expect(tissueHu('blood', energy, DENSITIES) - (blood?.meanHu ?? Number.NaN)).toBeGreaterThan(10)
    })
  })
})

describeExternal('real-data', 'a user’s values against a real scan at 140 kVp', () => {
  it('refuse the energy outside what the user expects there, and print no density', async () => {
    const plausibleEnergy = [{ kvp: 140, lowKeV: 65, highKeV: 95 }]
    const record = await analyzed('acrin-abdomen', {
      densities: DENSITIES,
      spread: { ...spreadOf({ plausibleEnergy }) },
    })
    expect(became(record)['tissue-raw']).toBe('TISSUE_ENERGY_IMPLAUSIBLE')
    expect(record.results.spine.levels.every(({ vbmdMgPerCm3 }) => vbmdMgPerCm3 === null)).toBe(true)
  })

  it('refuse a reference of another voltage, and one of any where the file states none', async () => {
    const other = await analyzed('acrin-abdomen', { reference: reference(120) })
    expect(became(other)['tissue-raw']).toBe('TISSUE_REFERENCE_OTHER_KVP')
    expect(other.results.spine.meanVbmdMgPerCm3).toBeNull()
    const unstated = await analyzed('totalseg-example', { reference: reference(120) })
    expect(became(unstated)['tissue-raw']).toBe('TISSUE_KVP_NOT_STATED')
  })

  it('give another density at every level, and which is right nothing in the scan tells', async () => {
    const energy = records['acrin-abdomen']
    const given = await analyzed('acrin-abdomen', { reference: reference(140) })
    expect(became(given)['tissue-raw']).toBe('done')
    expect(given.results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'researchRoute' } })
    const [a, b] = [energy, given].map(({ results }) => results.calibration)
    for (const [at, level] of given.results.spine.levels.entries()) {
      const other = energy.results.spine.levels[at]
      // The same voxels on two lines: the difference is that of the lines alone.
      expect(level.meanHu).toBe(other?.meanHu)
      const apart = (level.vbmdMgPerCm3 ?? Number.NaN) - (other?.vbmdMgPerCm3 ?? Number.NaN)
      const lines =
        ((b?.slopeMgPerCm3PerHu ?? 0) - (a?.slopeMgPerCm3PerHu ?? 0)) * (level.meanHu ?? 0) +
        (b?.interceptMgPerCm3 ?? 0) -
        (a?.interceptMgPerCm3 ?? 0)
      expect(apart).toBeCloseTo(lines, 9)
      // As seen, 14 to 16 mg/cm³, to 2 either way: 1 HU of fat or muscle is worth about 1 mg/cm³ here.
      expect(Math.abs(apart - 15), level.level).toBeLessThan(3)
    }
  })
})
