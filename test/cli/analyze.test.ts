import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../src/demo/examTruth.ts'
import { parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { runCli, testFolder } from './runCli.ts'

const base = testFolder()
const exam = join(base, 'exam')
const roi = join(base, 'roi.json')
const patient = join(base, 'patient.json')
let truth: ExamTruth

beforeAll(() => {
  // L1 and L2 on the phantom at coarse pixels: a real DICOM exam in seconds.
  const { acquisition } = defaultExamParameters
  const small = { columns: 256, rows: 256, pixelSpacingMm: 1.5, sliceCount: 90, scanCenterZMm: 50 }
  writeFileSync(
    join(base, 'params.json'),
    JSON.stringify({ ...defaultExamParameters, acquisition: { ...acquisition, ...small } }),
  )
  const made = runCli(['demo-exam', '--params', join(base, 'params.json'), '--out', exam, '--quiet'])
  expect(made).toMatchObject({ status: 0, stderr: '' })
  truth = JSON.parse(readFileSync(join(exam, 'truth.json'), 'utf8'))
  const spine = truth.levels.map(({ level, seedLps }) => ({ level, centerLps: seedLps }))
  writeFileSync(roi, JSON.stringify({ schemaVersion: 1, spine }))
  writeFileSync(
    patient,
    JSON.stringify({
      menopausalStatus: 'post',
      heightCm: 164,
      weightKg: 68,
      priorFracture: 'wrist 2019',
      treatment: 'none',
    }),
  )
})

describe('trabecula analyze on a digital exam', () => {
  it('writes record, report, table and figures, the same for the same input', () => {
    const [first, second] = [join(base, 'first'), join(base, 'second')]
    for (const out of [first, second]) {
      const run = runCli(['analyze', exam, '--roi', roi, '--patient', patient, '--out', out])
      expect(run.status).toBe(0)
      expect(run.stderr).toMatch(/Reading the images[\s\S]*Measuring L1/)
      expect(run.stdout).toMatch(/^L1 .*mg\/cm³.*\n[\s\S]*report: /)
    }
    expect(readdirSync(first).sort()).toEqual([
      'calibration.png',
      'dose.csv',
      'exam.json',
      'measurements.csv',
      'report.html',
      'report.pdf',
      'report.txt',
      'rods.png',
      'voi-L1.png',
      'voi-L2.png',
    ])
    for (const name of readdirSync(first))
      expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name)))).toBe(true)

    const record = parseExamRecord(readFileSync(join(first, 'exam.json'), 'utf8'))
    expect(record.status).toBe('done')
    expect(record.results.report.text).toBe(readFileSync(join(first, 'report.txt'), 'utf8'))
    expect(record.inputs.patient).toMatchObject({ priorFracture: 'wrist 2019', treatment: 'none' })
    expect(record.results.report.text).toContain('wrist 2019')
    const html = readFileSync(join(first, 'report.html'), 'utf8')
    expect(html).toContain('wrist 2019')
    expect(html.match(/<img src="data:image\/png/g)).toHaveLength(4)
    expect(readFileSync(join(first, 'report.pdf')).subarray(0, 8).toString()).toBe('%PDF-1.7')
    expect(record.results.calibration.phantom).toBe(truth.phantom?.id)
    // The limit of 1.5 mg/cm³ and two standard errors of this noise, about 0.6 mg/cm³ each.
    for (const [index, level] of record.results.spine.levels.entries())
      expect(Math.abs((level.vbmdMgPerCm3 ?? 0) - (truth.levels[index]?.vbmdMgPerCm3 ?? 0))).toBeLessThan(2.7)
    expect(readFileSync(join(first, 'measurements.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(3)
    for (const name of readdirSync(first).filter((file) => file.endsWith('.png')))
      expect(readFileSync(join(first, name)).subarray(1, 4).toString()).toBe('PNG')
  })

  it('ends with 3 and a refused record when in-scan is asked for and its phantom is not there', () => {
    const out = join(base, 'refused')
    const run = runCli([
      'analyze',
      exam,
      '--calibration',
      'in-scan',
      '--phantom',
      'qrm-bdc-6',
      '--roi',
      roi,
      '--out',
      out,
    ])
    expect(run.status).toBe(3)
    expect(run.stderr).toMatch(/^RODS_\w+: /m)
    const record = parseExamRecord(readFileSync(join(out, 'exam.json'), 'utf8'))
    expect(record).toMatchObject({ status: 'refused', refusal: { code: expect.stringMatching(/^RODS_/) } })
    expect(record.results.routes).toMatchObject([
      { route: 'in-scan', status: 'refused', refusal: { code: record.refusal?.code } },
    ])
    expect(record.inputs.acquisition?.kvp).toBe(120)
    expect(record.decisions.series?.reasons).not.toEqual([])
    expect(readFileSync(join(out, 'report.txt'), 'utf8')).toContain('refused')
    expect(readdirSync(out).sort()).toEqual([
      'dose.csv',
      'exam.json',
      'measurements.csv',
      'report.html',
      'report.pdf',
      'report.txt',
    ])
  })

  it('asks for seeds, with 3, when the short scan does not show which vertebra is which', () => {
    const run = runCli(['analyze', exam, '--calibration', 'none', '--out', join(base, 'unnamed'), '--quiet'])
    expect(run).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^(LEVELS_NOT_NAMED|SPINE_NOT_FOUND): /m),
    })
  })
})
