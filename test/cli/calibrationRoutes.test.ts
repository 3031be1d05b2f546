import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StoredCalibration } from '../../src/core/calibration/asynchronous/storedCalibration.ts'
import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../src/demo/examTruth.ts'
import { tissueParameters } from '../../src/demo/tissueParameterSchema.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { runCli, testFolder } from './runCli.ts'

const base = testFolder()
const exam = join(base, 'exam')
const roi = join(base, 'roi.json')
const stored = join(base, 'stored.json')
let truth: ExamTruth
/** UIDs of the series at 120 kVp and at 80 kVp. */
let main = ''
let second = ''

const json = (path: string, value: unknown) => writeFileSync(path, JSON.stringify(value))

/** A stored calibration that states the true line of the digital scanner. */
const storedAt = (kvp: number): StoredCalibration => ({
  schemaVersion: 2,
  origin: null,
  key: { deviceSerial: 'DIGITAL-1', model: 'Digital exam', kvp, phantomSerial: 'P-1' },
  acquisition: {
    kernel: 'STANDARD',
    tableHeightMm: 150,
    reconstructionDiameterMm: 384,
    sliceThicknessMm: 1,
    monoenergeticKev: null,
  },
  date: '2026-02-27',
  phantom: 'b-mas-200',
  mineral: 'HA',
  line: {
    slopeMgPerCm3PerHu: truth.phantom?.slopeMgPerCm3PerHu ?? Number.NaN,
    interceptMgPerCm3: truth.phantom?.interceptMgPerCm3 ?? Number.NaN,
    residualSdMgPerCm3: null,
    covariance: [1e-6, 0, 0.04],
  },
})

beforeAll(async () => {
  const { acquisition, phantom, scanner } = defaultExamParameters
  const small = { columns: 256, rows: 256, pixelSpacingMm: 1.5, sliceCount: 90, scanCenterZMm: 50 }
  json(join(base, 'params.json'), {
    ...defaultExamParameters,
    acquisition: { ...acquisition, ...small },
    phantom: { ...phantom, id: 'b-mas-200' },
    scanner,
    tissue: tissueParameters.parse({}),
    dualEnergy: { kvp: 80, noiseSdHu: 18 },
  })
  const made = runCli(['demo-exam', '--params', join(base, 'params.json'), '--out', exam, '--quiet'])
  expect(made).toMatchObject({ status: 0, stderr: '' })
  truth = JSON.parse(readFileSync(join(exam, 'truth.json'), 'utf8'))
  const { studies } = await openExam(await openPaths([exam]))
  const uidOf = (number: number) =>
    studies[0]?.series.find(({ seriesNumber }) => seriesNumber === number)?.seriesInstanceUid ?? ''
  main = uidOf(2)
  second = uidOf(4)
  const z = truth.levels[1]?.seedLps[2]
  json(roi, {
    schemaVersion: 1,
    spine: truth.levels.map(({ level, seedLps }) => ({ level, centerLps: seedLps })),
    tissues: [
      { tissue: 'air', centerLps: [-150, -125, z], radiusMm: 8, heightMm: 24 },
      { tissue: 'adipose', centerLps: [-150, 48, z], radiusMm: 5, heightMm: 24 },
      { tissue: 'skeletalMuscle', centerLps: [-118, 63, z], radiusMm: 6, heightMm: 24 },
    ],
  })
  json(stored, storedAt(120))
})

const analyze = (out: string, ...options: string[]) =>
  runCli(['analyze', exam, '--series', main, '--roi', roi, '--out', join(base, out), '--quiet', ...options])
const recordOf = (out: string) => parseExamRecord(readFileSync(join(base, out, 'exam.json'), 'utf8'))

describe('trabecula analyze --calibration', () => {
  it('all puts every route that the files allow side by side', () => {
    const tissue = join(base, 'tissue.json')
    json(tissue, {
      schemaVersion: 1,
      origin: 'user',
      mineral: 'K2HPO4',
      kvp: 120,
      scans: null,
      citation: 'made up for the test',
      tissues: {
        adipose: { densityMgPerCm3: -73, sdMgPerCm3: 4 },
        skeletalMuscle: { densityMgPerCm3: 38, sdMgPerCm3: 4 },
      },
    })
    const options = ['--stored-calibration', stored, '--tissue-file', tissue, '--second-series', second]
    const run = analyze('all', '--calibration', 'all', ...options)
    expect(run.status).toBe(0)
    expect(run.stdout).toMatch(
      /L1 .*\n {5}phantom in the scan \*: [\s\S]*stored calibration: [\s\S]*dual energy: /,
    )
    expect(run.stdout).toMatch(/screening attenuation \d/)

    const { decisions, results } = recordOf('all')
    expect(decisions.calibration).toMatchObject({ used: 'in-scan', why: 'order of trust' })
    expect(results.routes.map(({ route, status }) => [route, status])).toEqual([
      ['in-scan', 'done'],
      ['asynchronous', 'done'],
      ['tissue-raw', 'done'],
      ['dual-energy', 'done'],
      ['hu-only', 'done'],
    ])
    for (const [index, level] of results.spine.levels.entries()) {
      const true_ = truth.levels[index]?.vbmdMgPerCm3 ?? Number.NaN
      const value = (route: string) => level.byCalibration.find((one) => one.route === route)
      const off = (route: string) => Math.abs((value(route)?.vbmdMgPerCm3 ?? Number.NaN) - true_)
      const noise = (route: string) => value(route)?.parts.noiseMgPerCm3 ?? Number.NaN
      // The limits (1.5 in-scan, 2.5 asynchronous, 5 dual energy) beyond two standard uncertainties of noise.
      expect(off('in-scan')).toBeLessThan(1.5 + 2 * noise('in-scan'))
      expect(off('asynchronous')).toBeLessThan(2.5 + 2 * noise('asynchronous'))
      expect(off('dual-energy')).toBeLessThan(5 + 2 * noise('dual-energy'))
    }
    const table = readFileSync(join(base, 'all', 'measurements.csv'), 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(table).toHaveLength(1 + 2 * 4)
    const html = readFileSync(join(base, 'all', 'report.html'), 'utf8')
    expect(html).toContain('Calibration routes side by side')
    expect(html).toContain('id="screening"')
    expect(
      readFileSync(join(base, 'all', 'report.pdf'))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  it('hu-only measures 120 kVp and refuses the series at 80 kVp', () => {
    expect(analyze('hu', '--calibration', 'hu-only')).toMatchObject({ status: 0 })
    expect(recordOf('hu').results.spine.screening?.attenuationHu).toBeGreaterThan(0)
    expect(existsSync(join(base, 'hu', 'rods.png'))).toBe(false)
    const low = ['analyze', exam, '--series', second, '--roi', roi, '--out', join(base, 'low'), '--quiet']
    const refused = runCli([...low, '--calibration', 'hu-only'])
    expect(refused.status).toBe(3)
    expect(refused.stderr).toMatch(/^HU_ONLY_REFUSED: .*tube voltage is 80/m)
  })

  it('asynchronous refuses a calibration of another voltage, and says so in the record', () => {
    const other = join(base, 'other.json')
    json(other, storedAt(100))
    const run = analyze('async', '--calibration', 'asynchronous', '--stored-calibration', other)
    expect(run.status).toBe(3)
    expect(run.stderr).toMatch(/^ASYNCHRONOUS_REFUSED: .*120 kVp.*100 kVp/m)
    expect(recordOf('async').results.routes).toMatchObject([{ route: 'asynchronous', status: 'refused' }])
  })

  it('dual-energy says that the study has no such series', () => {
    const run = analyze('none', '--calibration', 'dual-energy', '--second-series', '1.2.3')
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/SERIES_UNKNOWN/)
  })
})
