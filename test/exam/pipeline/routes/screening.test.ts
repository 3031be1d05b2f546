import { beforeAll, describe, expect, it } from 'vitest'
import { analyzeExam } from '../../../../src/exam/pipeline/analyzeExam.ts'
import { scannerAt } from '../../../demo/statedExam.ts'
import { digitalSeries, type RouteExam, routeExam } from './routeExam.ts'

let exam: RouteExam

beforeAll(() => {
  exam = routeExam({ scanner: scannerAt(120) })
})

const asked = (series = exam.context.series) =>
  analyzeExam(exam.volume, { ...exam.context, series }, exam.request({ calibration: 'hu-only' }))

describe('screening attenuation', () => {
  it('is the CT number of L1 at 120 kVp, and no density stands anywhere', async () => {
    const { status, decisions, results } = await asked()
    expect(status).toBe('done')
    expect(decisions.calibration).toMatchObject({ used: 'none', why: 'asked for', phantomUsed: null })
    const { screening, levels } = results.spine
    const [l1] = levels
    expect(screening).toMatchObject({ attenuationHu: l1?.meanHu, standardErrorHu: l1?.standardErrorHu })
    // Two standard errors, and 1.5 HU for coarse pixels that reach over the edge of the VOI.
    expect(Math.abs((screening?.attenuationHu ?? 0) - (exam.truth.levels[0]?.meanHu ?? 0))).toBeLessThan(
      1.5 + 2 * (screening?.standardErrorHu ?? 0),
    )
    expect(results.routes).toMatchObject([{ route: 'hu-only', status: 'done', refusal: null }])
    expect(results.spine).toMatchObject({ meanVbmdMgPerCm3: null, category: null })
    expect(levels.map(({ vbmdMgPerCm3, byCalibration }) => [vbmdMgPerCm3, byCalibration])).toEqual([
      [null, []],
      [null, []],
    ])
    expect(results.report.text).toMatch(/SCREENING ATTENUATION/)
    expect(results.report.text).not.toMatch(/\d\s*mg\/cm³/)
  })

  it('states for each cut on which side the value lies', async () => {
    const { screening } = (await asked()).results.spine
    const value = screening?.attenuationHu ?? Number.NaN
    for (const { cutHu, side, met } of screening?.comparisons ?? [])
      expect(met).toBe(side === 'above' ? value > cutHu : value <= cutHu)
    expect(screening?.comparisons).toHaveLength(6)
  })

  it.each([[80], [100], [140]])(
    'is refused at %d kVp, and with it the exam that asked for it alone',
    async (kvp) => {
      const { status, refusal, results } = await asked(digitalSeries(exam.volume, kvp))
      expect({ status, refusal }).toMatchObject({ status: 'refused', refusal: { code: 'HU_ONLY_REFUSED' } })
      expect(results.spine.screening).toMatchObject({
        attenuationHu: null,
        refusal: { code: 'HU_ONLY_REFUSED' },
      })
      expect(results.routes).toMatchObject([{ route: 'hu-only', status: 'refused' }])
    },
  )

  it('is refused for monoenergetic images and where no header says anything', async () => {
    const mono = digitalSeries(exam.volume, 120, '1.2', { monoenergeticKev: 70 })
    expect((await asked(mono)).refusal?.code).toBe('HU_ONLY_REFUSED')
    expect((await asked(null)).refusal?.code).toBe('HU_ONLY_REFUSED')
  })

  it('is refused for a stack of a series that was made at several voltages', async () => {
    const context = { ...exam.context, voltages: [120, 80] }
    const { refusal } = await analyzeExam(exam.volume, context, exam.request({ calibration: 'hu-only' }))
    expect(refusal).toMatchObject({
      code: 'HU_ONLY_REFUSED',
      message: expect.stringContaining('one tube voltage throughout'),
    })
  })

  it('needs L1', async () => {
    const request = { ...exam.request({ calibration: 'hu-only' }), levels: ['L2' as const] }
    const { results } = await analyzeExam(exam.volume, exam.context, request)
    expect(results.spine.screening?.refusal?.message).toMatch(/L1/)
  })
})
