import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ExamParameters } from '../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../src/demo/examTruth.ts'
import { type ExamRecord, parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { phantomScan, smallScan } from '../exam/phantomScan/scannedPhantom.ts'
import { emptyDataFolder } from '../registry/emptyCluster.ts'
import { runCli, testFolder } from './runCli.ts'

const base = testFolder()
const roi = join(base, 'roi.json')
let data: string
let id: string
let truth: ExamTruth

function made(name: string, parameters: ExamParameters): string {
  const params = join(base, `${name}.json`)
  writeFileSync(params, JSON.stringify(parameters))
  const run = runCli(['demo-exam', '--params', params, '--out', join(base, name), '--quiet'])
  expect(run).toMatchObject({ status: 0, stderr: '' })
  return join(base, name)
}
const calibration = (...words: readonly string[]) => runCli(['calibration', ...words, '--data', data])
const folder = (name: string) => join(base, name)
const analyze = (exam: string, out: string, ...words: readonly string[]) =>
  runCli([
    'analyze',
    folder(exam),
    '--roi',
    roi,
    '--levels',
    'L1,L2',
    '--out',
    folder(out),
    '--quiet',
    ...words,
  ])
const recordOf = (out: string): ExamRecord =>
  parseExamRecord(readFileSync(join(base, out, 'exam.json'), 'utf8'))
const reportOf = (out: string) => readFileSync(join(base, out, 'report.txt'), 'utf8').replace(/\s+/g, ' ')

/** L1 and L2 of a patient without a phantom, a week after the quality check. */
const scan = smallScan({ phantom: null, seed: 11, studyDate: '2026-03-16' })
const patient = { ...scan, acquisition: { ...scan.acquisition, sliceCount: 60, scanCenterZMm: 30 } }

beforeAll(async () => {
  data = await emptyDataFolder()
  const added = calibration('add', made('phantom', phantomScan()), '--phantom-serial', '4560', '--quiet')
  expect(added).toMatchObject({ status: 0, stderr: '' })
  id = /\S{36}/.exec(added.stdout)?.[0] ?? ''
  const later = made('later', phantomScan({ seed: 2, studyDate: '2026-03-09' }))
  expect(calibration('check', later, '--quiet')).toMatchObject({ status: 0, stderr: '' })
  const exam = made('patient', patient)
  made('low', { ...patient, scanner: { ...patient.scanner, kvp: 100 } })
  truth = JSON.parse(readFileSync(join(exam, 'truth.json'), 'utf8'))
  writeFileSync(
    roi,
    JSON.stringify({
      schemaVersion: 1,
      spine: truth.levels.map(({ level, seedLps }) => ({ level, centerLps: seedLps })),
    }),
  )
})

/** That the exam was measured by the kept calibration with its check, and its densities are right. */
function expectMeasured(out: string): void {
  const { decisions, results } = recordOf(out)
  expect(decisions.calibration.used).toBe('asynchronous')
  expect(decisions.calibration.asynchronous?.stored).toMatchObject([
    { calibration: { key: { phantomSerial: '4560' } }, quality: [{ date: '2026-03-09', passed: true }] },
  ])
  expect(results.calibration.asynchronous).toMatchObject({ date: '2026-03-02', qualityPassed: true })
  expect(results.spine.levels).toHaveLength(2)
  for (const { level, vbmdMgPerCm3 } of results.spine.levels) {
    const known = truth.levels.find((one) => one.level === level)?.vbmdMgPerCm3 ?? Number.NaN
    // The project's limit for a matched stored calibration; the standard error of the VOI's noise is a third of it.
    expect(Math.abs((vbmdMgPerCm3 ?? Number.NaN) - known)).toBeLessThan(2.5)
  }
  expect(results.spine.category).not.toBeNull()
  expect(reportOf(out)).not.toContain('No diagnostic category is given')
  expect(reportOf(out)).toContain('A quality check of scanner and phantom up to the day of the scan passed.')
}

describe('analyze --data', () => {
  it.each(['auto', 'asynchronous', 'all'])('measures an exam without a phantom (%s)', (how) => {
    const run = analyze('patient', how, '--calibration', how, '--data', data)
    expect(run.status).toBe(0)
    expect(run.stdout).toMatch(/^calibration: stored calibration$/m)
    expectMeasured(how)
  })

  it('takes the usual folder where none is named, and no calibration unless it is asked for', () => {
    process.env.TRABECULA_DATA = data
    try {
      expect(analyze('patient', 'usual', '--data').status).toBe(0)
      expectMeasured('usual')
      expect(analyze('patient', 'without').status).toBe(0)
      expect(recordOf('without').decisions.calibration).toMatchObject({ used: 'none', asynchronous: null })
    } finally {
      delete process.env.TRABECULA_DATA
    }
  })

  it('refuses 100 kVp with its reason, on the terminal and in the report', () => {
    const run = analyze('low', 'low', '--calibration', 'asynchronous', '--data', data)
    const reason = 'No calibration in use is kept for scanner Digital exam at 100 kVp.'
    expect(run.status).toBe(3)
    expect(run.stderr).toContain(`ASYNCHRONOUS_NONE_KEPT: ${reason}`)
    expect(reportOf('low')).toContain(reason)
    const auto = analyze('low', 'lowAuto', '--data', data)
    expect(auto.status).toBe(0)
    expect(auto.stdout).toContain('stored calibration: refused (ASYNCHRONOUS_NONE_KEPT)')
    expect(reportOf('lowAuto')).toContain(reason)
    expect(recordOf('lowAuto').results.spine.meanVbmdMgPerCm3).toBeNull()
  })

  it('gives each exam of several the calibrations of its own scan, also when a run resumes', () => {
    const cohort = () =>
      runCli([
        'analyze',
        folder('patient'),
        folder('low'),
        '--out',
        folder('cohort'),
        '--quiet',
        '--data',
        data,
      ])
    expect(cohort().stdout).not.toContain('already')
    const kept = readdirSync(folder('cohort'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => recordOf(join('cohort', name)))
      .map(({ inputs, decisions }) => [
        inputs.acquisition?.kvp,
        decisions.calibration.asynchronous?.stored.length,
      ])
    expect(new Map(kept as [number, number][])).toEqual(
      new Map([
        [120, 1],
        [100, 0],
      ]),
    )
    expect(cohort().stdout.match(/already/g)).toHaveLength(2)
  })

  it('says that a server owns the folder', async () => {
    const main = join(import.meta.dirname, '../../src/cli/main.ts')
    const child = spawn(process.execPath, [main, 'serve', '--no-build', '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      const lines = createInterface({ input: child.stdout })
      await new Promise<void>((resolve) => lines.on('line', (line) => line.includes('Ctrl-C') && resolve()))
      const run = analyze('patient', 'owned', '--data', data)
      expect([run.status, run.stderr.includes('REGISTRY_OWNED')]).toEqual([2, true])
      expect(existsSync(folder('owned'))).toBe(false)
    } finally {
      child.kill('SIGINT')
      await once(child, 'exit')
    }
  })
})

describe('calibration export', () => {
  it('takes the quality checks with it, and another computer measures by them', () => {
    const { status, stdout } = calibration('export', id)
    expect(status).toBe(0)
    const file = join(base, 'kept.json')
    writeFileSync(file, stdout)
    expect(analyze('patient', 'file', '--stored-calibration', file).status).toBe(0)
    expectMeasured('file')
    const low = analyze('low', 'lowFile', '--calibration', 'asynchronous', '--stored-calibration', file)
    expect(low.status).toBe(3)
    expect(low.stderr).toMatch(/^ASYNCHRONOUS_REFUSED: .*Tube voltage: 100 kVp; .* made at 120 kVp\./m)
  })

  it('is not needed whole: a stored calibration alone is read, and the missing check said', () => {
    const bare = join(base, 'bare.json')
    writeFileSync(bare, JSON.stringify(JSON.parse(calibration('export', id).stdout).calibration))
    expect(analyze('patient', 'bare', '--stored-calibration', bare).status).toBe(0)
    expect(recordOf('bare').results.spine).toMatchObject({
      category: null,
      categoryWithheld: { code: 'qualityNotPassed' },
    })
    expect(reportOf('bare')).toContain(
      'Quality check of scanner and phantom up to the day of the scan: not stated; needed: passed.',
    )
  })
})

it('a calibration that was withdrawn serves no exam any more', () => {
  expect(calibration('withdraw', id, '--reason', 'the tube was replaced').status).toBe(0)
  const run = analyze('patient', 'withdrawn', '--calibration', 'asynchronous', '--data', data)
  expect(run.status).toBe(3)
  expect(run.stderr).toContain('ASYNCHRONOUS_NONE_KEPT')
})
