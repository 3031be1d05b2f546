import { beforeAll, describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { distance } from '../../../src/core/geometry/vector.ts'
import { kvp, mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'
import { defaultExamParameters } from '../../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../../src/demo/examTruth.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import type { CtSeries } from '../../../src/dicom/ctStudy.ts'
import { analyzeExam } from '../../../src/exam/pipeline/analyzeExam.ts'
import type { ExamContext } from '../../../src/exam/pipeline/examContext.ts'
import { type ExamRequest, PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { patientFacts } from '../../../src/exam/pipeline/patientFacts.ts'
import {
  type ExamRecord,
  examRecordSchema,
  parseExamRecord,
  serializeExamRecord,
} from '../../../src/exam/record/examRecord.ts'
import type { PatientFile } from '../../../src/exam/record/patientFile.ts'
import { plainContext } from './plainContext.ts'

let volume: CtVolume
let truth: ExamTruth
/** The exam as it is when nobody asks for anything but the seeds' levels. */
let plain: ExamRecord
const { acquisition } = defaultExamParameters

beforeAll(async () => {
  // Two lumbar bodies and the phantom at the coarsest pixels of clinical practice: rendered in a second.
  const rendered = renderExam({
    ...defaultExamParameters,
    acquisition: {
      ...acquisition,
      columns: 256,
      rows: 256,
      pixelSpacingMm: 1.5,
      sliceCount: 90,
      scanCenterZMm: 50,
    },
  })
  volume = rendered.volume
  truth = rendered.truth
  plain = await analyzeExam(volume, context(), request())
})

const series = (contrastBolusAgent = ''): CtSeries => ({
  id: '1.2',
  seriesInstanceUid: '1.2',
  seriesDescription: 'made up',
  frameOfReferenceUid: '1.3',
  acquisition: { kvp: kvp(120), sliceThickness: mm(1), imageType: [], contrastBolusAgent },
  frames: [],
  geometry: { status: 'sound', geometry: volume.geometry, warnings: [] },
  warnings: [],
})

const context = (
  patient: PatientFile = { sex: 'F', ageYears: 70, menopausalStatus: 'post' },
  agent = '',
): ExamContext => ({
  ...plainContext,
  patient: patientFacts(null, patient, '2026-03-02').patient,
  series: series(agent),
})

const seeds = (move: readonly [number, number, number] = [0, 0, 0]) =>
  truth.levels.map(({ level, seedLps }) => ({
    level,
    centerLps: [seedLps[0] + move[0], seedLps[1] + move[1], seedLps[2] + move[2]] as [number, number, number],
  }))

const request = (change: Partial<ExamRequest> = {}): ExamRequest => ({
  ...PLAIN_REQUEST,
  roiFile: { schemaVersion: 1, spine: seeds(), rods: [] },
  ...change,
})

const codes = (warnings: readonly { code: string }[]) => warnings.map(({ code }) => code)

describe('an exam with a phantom and seeds', () => {
  it('gives the densities of the digital exam, their mean and its category, each level by its own calibration', () => {
    const { status, decisions, results } = plain
    expect(status).toBe('done')
    expect(results.calibration).toMatchObject({ method: 'in-scan', phantom: truth.phantom?.id })
    expect(results.spine.levels.map(({ level }) => level)).toEqual(['L1', 'L2'])
    for (const [index, level] of results.spine.levels.entries()) {
      const expected = truth.levels[index]
      const noise = (level.standardErrorHu ?? Number.NaN) * (truth.phantom?.slopeMgPerCm3PerHu ?? Number.NaN)
      // The limit for slices up to 1.5 mm: 1.5 mg/cm³ beyond two standard errors of the noise.
      expect(Math.abs((level.vbmdMgPerCm3 ?? Number.NaN) - (expected?.vbmdMgPerCm3 ?? 0))).toBeLessThan(
        1.5 + 2 * noise,
      )
      expect(results.calibrations.map(({ id }) => id)).toContain(level.calibration)
      expect(decisions.rois[index]).toMatchObject({ level: level.level, placement: 'from seed' })
    }
    const [first, second] = results.spine.levels
    // The mean of two numbers, to rounding.
    expect(results.spine.meanVbmdMgPerCm3).toBeCloseTo(
      ((first?.vbmdMgPerCm3 ?? 0) + (second?.vbmdMgPerCm3 ?? 0)) / 2,
      9,
    )
    expect(results.spine).toMatchObject({ category: 'osteopenia-equivalent', categoryWithheld: null })
    expect(results.report.text).toContain('approximately equivalent to the WHO category osteopenia')
  })

  it('has its rods where they are', () => {
    const { results } = plain
    for (const rod of truth.phantom?.rods ?? []) {
      const found = results.calibration.rods.find(({ label }) => label === rod.label)
      const [x, y] = found?.centerLps ?? [Number.NaN, Number.NaN]
      // Across the slices; along the rod the sample may lie anywhere. 2 mm is a quarter of the rod's radius.
      expect(distance(lpsPoint(x, y, 0), lpsPoint(rod.centerLps[0], rod.centerLps[1], 0))).toBeLessThan(2)
    }
  })

  it('is a record that its own schema accepts and that survives its text', () => {
    expect(examRecordSchema.parse(plain)).toEqual(plain)
    expect(parseExamRecord(serializeExamRecord(plain))).toEqual(plain)
  })

  it('keeps a mean and withholds the category when a contrast agent was given', async () => {
    const { results } = await analyzeExam(volume, context(undefined, 'Iopromide'), request())
    expect(results.spine.meanVbmdMgPerCm3).not.toBeNull()
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'contrast' } })
    expect(codes(results.warnings)).toContain('CONTRAST_AGENT')
    expect(results.report.text).toMatch(/too high/)
  })

  it('has no category, and none of its words, for a child', async () => {
    const { results } = await analyzeExam(volume, context({ sex: 'F', ageYears: 12 }), request())
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'child' } })
    expect(results.report.text).not.toMatch(/osteop|T-score/i)
  })

  it('says which fact of the patient is missing for a category', async () => {
    const { results } = await analyzeExam(volume, context({}), request())
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'missingAge' } })
  })
})

describe('an exam without calibration', () => {
  it('has CT numbers and no density anywhere', async () => {
    const { status, results } = await analyzeExam(volume, context(), request({ calibration: 'none' }))
    expect(status).toBe('done')
    expect(results.spine.levels.map(({ vbmdMgPerCm3, calibration }) => [vbmdMgPerCm3, calibration])).toEqual([
      [null, null],
      [null, null],
    ])
    expect(results.spine).toMatchObject({ meanVbmdMgPerCm3: null, category: null })
    expect(codes(results.warnings)).toContain('NO_CALIBRATION')
    expect(results.report.text).not.toMatch(/\d\s*mg\/cm³/)
  })

  it('is what auto falls back to when the phantom lies outside the scan, and what in-scan refuses', async () => {
    const back = cropped(150) // the phantom lies behind the patient
    const auto = await analyzeExam(back, context(), request())
    expect(auto.results.calibration.method).toBe('none')
    expect(codes(auto.results.warnings)).toContain('NO_CALIBRATION')
    await expect(analyzeExam(back, context(), request({ calibration: 'in-scan' }))).rejects.toMatchObject({
      code: 'RODS_NOT_FOUND',
    })
  })
})

describe('levels that fail', () => {
  it('leave the others, with no mean of one', async () => {
    const [first, second] = seeds()
    const spine = [first!, { ...second!, centerLps: [0, -400, 0] as [number, number, number] }]
    const { status, results } = await analyzeExam(
      volume,
      context(),
      request({ roiFile: { schemaVersion: 1, spine, rods: [] } }),
    )
    expect(status).toBe('done')
    expect(results.spine.levels.map((level) => level.status)).toEqual(['done', 'refused'])
    expect(results.spine.levels[1]?.refusal?.code).toBe('SEED_OUTSIDE_VOLUME')
    expect(results.spine).toMatchObject({ meanVbmdMgPerCm3: null, category: null })
    expect(codes(results.warnings)).toEqual(
      expect.arrayContaining(['LEVEL_REFUSED', 'MEAN_NEEDS_TWO_LEVELS']),
    )
  })

  it('refuse the exam when none is left, and name each reason', async () => {
    const { status, refusal, results } = await analyzeExam(
      volume,
      context(),
      request({ calibration: 'none', roiFile: { schemaVersion: 1, spine: seeds([0, 500, 0]), rods: [] } }),
    )
    expect({ status, refusal }).toMatchObject({ status: 'refused', refusal: { code: 'NO_EVALUABLE_LEVEL' } })
    expect(refusal?.message).toContain('SEED_OUTSIDE_VOLUME')
    expect(results.spine.levels).toHaveLength(2)
  })

  it('are told when the ROI file has no seed for them', async () => {
    const { results } = await analyzeExam(
      volume,
      context(),
      request({ calibration: 'none', levels: ['L1', 'L2', 'L4'] }),
    )
    expect(results.spine.levels[2]).toMatchObject({
      status: 'refused',
      refusal: { code: 'LEVEL_WITHOUT_SEED' },
    })
  })
})

describe('what the caller gives by hand', () => {
  it('a VOI with radii is measured as it is', async () => {
    const given = {
      level: 'L1' as const,
      centerLps: seeds()[0]!.centerLps,
      radiiMm: [9, 6] as [number, number],
    }
    const { decisions, results } = await analyzeExam(
      volume,
      context(),
      request({ calibration: 'none', roiFile: { schemaVersion: 1, spine: [given], rods: [] } }),
    )
    const voi = {
      kind: 'ellipticalCylinder',
      center: lpsPoint(...given.centerLps),
      normal: lpsVector(0, 0, 1),
      lateral: lpsVector(1, 0, 0),
      radii: [9, 6],
      height: 9,
    } as const
    expect(decisions.rois[0]).toMatchObject({ placement: 'given', voi: { radiiMm: [9, 6], heightMm: 9 } })
    expect(results.spine.levels[0]).toMatchObject({ meanHu: roiStatistics(volume, voi).mean, tiltDeg: 0 })
  })

  it('rods are taken where they are said to be', async () => {
    const rods = (truth.phantom?.rods ?? []).map(({ label, centerLps }) => ({
      label,
      centerLps,
      radiusMm: 6,
    }))
    const roiFile = { schemaVersion: 1 as const, spine: seeds(), rods }
    const { decisions, results } = await analyzeExam(
      volume,
      context(),
      request({ roiFile, phantom: truth.phantom?.id ?? null }),
    )
    expect(results.calibration.phantom).toBe(truth.phantom?.id)
    expect(decisions.rods.map(({ label, source }) => [label, source])).toEqual(
      rods.map(({ label }) => [label, 'roi file']),
    )
  })

  it('a raised signal stops the work', async () => {
    const signal = AbortSignal.abort()
    await expect(analyzeExam(volume, context(), request(), { signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
  })
})

/** The first rows of every slice: what lies further back is not in the scan. */
function cropped(rows: number): CtVolume {
  const { geometry, voxels } = volume
  const [columns, all, slices] = geometry.size
  const kept = new Int16Array(columns * rows * slices)
  for (let k = 0; k < slices; k += 1)
    kept.set(voxels.subarray(columns * all * k, columns * (all * k + rows)), columns * rows * k)
  return { ...volume, voxels: kept, geometry: { ...geometry, size: [columns, rows, slices] } }
}
