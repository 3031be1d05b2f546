import { beforeAll, describe, expect, it } from 'vitest'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../../../src/core/calibration/asynchronous/storedCalibration.ts'
import { analyzeExam } from '../../../../src/exam/pipeline/analyzeExam.ts'
import { requestOfDecisions } from '../../../../src/exam/pipeline/requestOfDecisions.ts'
import type { ExamRecord } from '../../../../src/exam/record/examRecord.ts'
import { type RouteExam, routeExam } from './routeExam.ts'

/** The patient without a phantom, and the phantom's scan of the same scanner from another day. */
let patient: RouteExam
let stored: StoredCalibration

beforeAll(async () => {
  patient = routeExam({ phantom: null })
  const withPhantom = routeExam({ seed: 2 })
  const { results } = await analyzeExam(
    withPhantom.volume,
    withPhantom.context,
    withPhantom.request({ calibration: 'in-scan' }),
  )
  const { calibration } = results
  stored = {
    schemaVersion: 2,
    origin: null,
    key: { deviceSerial: 'DIGITAL-1', model: 'Digital exam', kvp: 120, phantomSerial: 'P-1' },
    acquisition: {
      kernel: 'STANDARD',
      tableHeightMm: 150,
      reconstructionDiameterMm: 384,
      sliceThicknessMm: 1,
      monoenergeticKev: null,
    },
    date: '2026-02-20',
    phantom: calibration.phantom ?? '',
    mineral: calibration.mineral ?? 'K2HPO4',
    line: {
      slopeMgPerCm3PerHu: calibration.slopeMgPerCm3PerHu ?? Number.NaN,
      interceptMgPerCm3: calibration.interceptMgPerCm3 ?? Number.NaN,
      residualSdMgPerCm3: calibration.residualSdMgPerCm3,
      covariance: calibration.covariance ?? [0, 0, 0],
    },
  }
})

const passed = [{ date: '2026-02-27', passed: true }]

const measured = (
  calibration: 'asynchronous' | 'auto',
  change: Partial<StoredCalibration> = {},
  quality: { date: string; passed: boolean }[] = passed,
): Promise<ExamRecord> =>
  analyzeExam(
    patient.volume,
    patient.context,
    patient.request({
      calibration,
      asynchronous: { stored: [{ ...stored, ...change }], quality, policy: DEFAULT_ASYNCHRONOUS_POLICY },
    }),
  )

describe('a stored calibration that fits', () => {
  it('gives the densities of the digital exam with a category', async () => {
    const { status, decisions, results } = await measured('asynchronous')
    expect(status).toBe('done')
    expect(decisions.calibration).toMatchObject({ used: 'asynchronous', why: 'asked for', phantomUsed: null })
    expect(results.calibration).toMatchObject({
      method: 'asynchronous',
      asynchronous: { phantomSerial: 'P-1', qualityPassed: true, reasons: [] },
    })
    for (const [index, level] of results.spine.levels.entries()) {
      const truth = patient.truth.levels[index]?.vbmdMgPerCm3 ?? Number.NaN
      const noise = level.byCalibration[0]?.parts.noiseMgPerCm3 ?? Number.NaN
      // The limit for a matched stored calibration: 2.5 mg/cm³, beyond two standard errors of the VOI's noise.
      expect(Math.abs((level.vbmdMgPerCm3 ?? Number.NaN) - truth)).toBeLessThan(2.5 + 2 * noise)
      expect(level.calibration).toBe('asynchronous')
      // Both parts in quadrature are the stated interval, to rounding.
      const { noiseMgPerCm3: n, calibrationMgPerCm3: c } = level.byCalibration[0]?.parts ?? {}
      expect(level.uncertaintyMgPerCm3).toBeCloseTo(1.96 * Math.hypot(n ?? 0, c ?? 0), 9)
    }
    expect(results.calibrations.map(({ id }) => id)).toEqual(['asynchronous'])
    expect(results.spine.category).not.toBeNull()
    const text = results.report.text.replace(/\s+/g, ' ')
    expect(text).toContain('serial number P-1')
    expect(text).toContain('No difference between that scan and this one was found.')
    expect(text).toContain('A quality check of scanner and phantom up to the day of the scan passed.')
  })

  it('gives no category where no quality check is known to have passed', async () => {
    const { results } = await measured('asynchronous', {}, [])
    expect(results.spine).toMatchObject({ category: null, categoryWithheld: { code: 'qualityNotPassed' } })
    expect(results.spine.meanVbmdMgPerCm3).not.toBeNull()
    expect(results.warnings.map(({ code }) => code)).toContain('ASYNCHRONOUS_DIFFERENCE')
  })

  it('is what auto falls back to, and every difference is printed', async () => {
    const { decisions, results } = await measured('auto', {
      acquisition: { ...stored.acquisition, kernel: 'B30f' },
    })
    expect(decisions.calibration).toMatchObject({ used: 'asynchronous', why: 'only one' })
    expect(results.routes.map(({ route, status }) => [route, status])).toEqual([
      ['in-scan', 'not possible'],
      ['asynchronous', 'done'],
    ])
    expect(results.report.text.replace(/\s+/g, ' ')).toContain(
      'Kernel: STANDARD; the calibration was made with B30f.',
    )
  })

  it('is rebuilt from the decisions alone', async () => {
    const record = await measured('asynchronous')
    expect(await analyzeExam(patient.volume, patient.context, requestOfDecisions(record.decisions))).toEqual(
      record,
    )
  })
})

describe('a stored calibration that does not fit', () => {
  it('is refused at another voltage, and the exam with it', async () => {
    const { status, refusal, decisions, results } = await measured('asynchronous', {
      key: { ...stored.key, kvp: 140 },
    })
    expect({ status, code: refusal?.code }).toEqual({ status: 'refused', code: 'ASYNCHRONOUS_REFUSED' })
    expect(refusal?.message).toContain('Tube voltage: 120 kVp; the calibration was made at 140 kVp.')
    expect(decisions.calibration.used).toBe('none')
    expect(results.spine.levels.every(({ vbmdMgPerCm3 }) => vbmdMgPerCm3 === null)).toBe(true)
  })

  it('is refused of another model, and auto then measures CT numbers only', async () => {
    const { status, decisions, results } = await measured('auto', {
      key: { ...stored.key, model: 'Another scanner' },
    })
    expect(status).toBe('done')
    expect(decisions.calibration).toMatchObject({ used: 'none', why: 'none calibrates' })
    expect(results.routes[1]).toMatchObject({ route: 'asynchronous', status: 'refused' })
    expect(results.report.text.replace(/\s+/g, ' ')).toMatch(/Refused: stored calibration\..*Another scanner/)
  })

  it('gives way to another that does', async () => {
    const request = patient.request({
      calibration: 'asynchronous',
      asynchronous: {
        stored: [{ ...stored, key: { ...stored.key, kvp: 140 } }, { ...stored, date: '2026-01-20' }, stored],
        quality: passed,
        policy: DEFAULT_ASYNCHRONOUS_POLICY,
      },
    })
    const { results } = await analyzeExam(patient.volume, patient.context, request)
    expect(results.calibration.asynchronous).toMatchObject({ kvp: 120, date: '2026-02-20' })
  })
})
