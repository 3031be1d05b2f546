import { beforeAll, describe, expect, it } from 'vitest'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { defaultExamParameters } from '../../../src/demo/examParameters.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { analyzeExam } from '../../../src/exam/pipeline/analyzeExam.ts'
import { examMemo } from '../../../src/exam/pipeline/examMemo.ts'
import { PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { requestOfDecisions } from '../../../src/exam/pipeline/requestOfDecisions.ts'
import type { ExamDecisions } from '../../../src/exam/record/decisions.ts'
import { type ExamRecord, parseExamRecord, serializeExamRecord } from '../../../src/exam/record/examRecord.ts'
import { plainContext } from './plainContext.ts'

let volume: CtVolume
let first: ExamRecord
const memo = examMemo()

beforeAll(async () => {
  const { acquisition } = defaultExamParameters
  const small = { columns: 256, rows: 256, pixelSpacingMm: 1.5, sliceCount: 90, scanCenterZMm: 50 }
  const rendered = renderExam({ ...defaultExamParameters, acquisition: { ...acquisition, ...small } })
  volume = rendered.volume
  const spine = rendered.truth.levels.map(({ level, seedLps }) => ({ level, centerLps: seedLps }))
  const request = { ...PLAIN_REQUEST, roiFile: { schemaVersion: 1 as const, spine, rods: [] } }
  first = await analyzeExam(volume, plainContext, request, { memo })
})

/** The exam again, with decisions as an editor changed them. */
const again = (change: Partial<ExamDecisions>, remember = true) =>
  analyzeExam(
    volume,
    plainContext,
    requestOfDecisions({ ...first.decisions, ...change }),
    remember ? { memo } : {},
  )

describe('decisions', () => {
  it('alone rebuild the same record', async () => {
    expect(await again({})).toEqual(first)
  })

  it('keep the certificate that a user gave, and its densities', async () => {
    const model = phantomById(first.decisions.calibration.phantomUsed!)
    const rods = model.rods.map(({ label, density, waterDensity }) => ({
      label,
      densityMgPerCm3: density + 1,
      ...(waterDensity === undefined ? {} : { waterDensityMgPerCm3: waterDensity }),
    }))
    const source = 'certificate of 2022'
    const certificate = { schemaVersion: 1 as const, phantom: model.id, serial: 'T-1', source, rods }
    const calibration = {
      ...first.decisions.calibration,
      userPhantoms: { phantoms: [], certificates: [certificate] },
    }
    const certified = await again({ calibration })
    expect(certified.results.calibration.rods.map((rod) => rod.densityMgPerCm3)).toEqual(
      rods.map((rod) => rod.densityMgPerCm3),
    )
    expect(certified.results.warnings.map(({ code }) => code)).toContain('PHANTOM_DENSITIES_GIVEN')
    const rebuilt = parseExamRecord(serializeExamRecord(certified))
    expect(await again(rebuilt.decisions)).toEqual(certified)
  })

  it('that were edited change their level alone', async () => {
    const [l1, l2] = first.decisions.rois
    const radiiMm: [number, number] = [mm(8), mm(5)]
    const rois = [{ ...l1!, placement: 'edited' as const, voi: { ...l1!.voi!, radiiMm } }, l2!]
    const { decisions, results } = await again({ rois })
    expect(decisions.rois[0]).toMatchObject({ placement: 'edited', voi: { radiiMm: [8, 5] } })
    expect(results.spine.levels[0]?.n).toBeLessThan(first.results.spine.levels[0]?.n ?? 0)
    expect(results.spine.levels[1]).toEqual(first.results.spine.levels[1])
    expect(results.report.text.replace(/\s+/g, ' ')).toContain('then moved by the reader')
  })

  it('give the same record with a memo as without', async () => {
    const [l1, l2] = first.decisions.rois
    const rois = [l1!, { ...l2!, placement: 'edited' as const, voi: { ...l2!.voi!, heightMm: 6 } }]
    expect(await again({ rois })).toEqual(await again({ rois }, false))
  })

  it('can exclude a level: it leaves the mean, is named with its reason, and keeps its seed', async () => {
    const { decisions, results } = await again({
      exclusions: [{ level: 'L1', reason: 'fracture', note: 'wedge' }],
    })
    expect(results.spine.levels[0]).toMatchObject({ status: 'refused', refusal: { code: 'LEVEL_EXCLUDED' } })
    expect(results.spine.meanVbmdMgPerCm3).toBeNull()
    expect(results.report.text.replace(/\s+/g, ' ')).toContain(
      'L1 is excluded by the reader: fracture or deformity (wedge).',
    )
    expect(results.warnings.map(({ code }) => code)).not.toContain('LEVEL_REFUSED')
    expect(decisions.rois[0]).toMatchObject({
      placement: 'from seed',
      seedLps: first.decisions.rois[0]?.seedLps,
    })

    const back = requestOfDecisions({ ...decisions, exclusions: [] })
    expect((await analyzeExam(volume, plainContext, back, { memo })).results).toEqual(first.results)
  })

  it('hold what was typed, for the report', async () => {
    const readerText = { ...first.decisions.readerText, impression: 'Fits the history.' }
    const { results } = await again({ readerText })
    expect(results.report.text).toContain('Reader: Fits the history.')
  })
})

it('a memo keeps no failure', () => {
  const keeps = examMemo()
  expect(() =>
    keeps('a', () => {
      throw new Error('once')
    }),
  ).toThrow('once')
  expect(keeps('a', () => 2)).toBe(2)
  expect(keeps('a', () => 3)).toBe(2)
})
