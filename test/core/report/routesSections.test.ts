import { describe, expect, it } from 'vitest'
import { spineReport } from '../../../src/core/report/spineReport.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import type { LevelByCalibration } from '../../../src/exam/record/routeResults.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

const section = (record: ExamRecord, id: string) => spineReport(record).sections.find((one) => one.id === id)
const words = (record: ExamRecord, id: string) =>
  (section(record, id)?.statements ?? []).map(({ text }) => text).join('\n')

/** The example with what a second route made of each level. */
function withSecond(change: Partial<LevelByCalibration> = {}): ExamRecord {
  const record = exampleRecord()
  record.results.routes.push({
    route: 'tissue-raw',
    status: 'done',
    refusal: null,
    warnings: [],
    reasons: [],
  })
  for (const level of record.results.spine.levels) {
    const [own] = level.byCalibration
    if (own !== undefined)
      level.byCalibration.push({
        ...own,
        route: 'tissue-raw',
        mineral: 'K2HPO4',
        vbmdMgPerCm3: 104,
        ...change,
      })
  }
  return record
}

describe('routes side by side', () => {
  it('are not there for one route', () => {
    expect(section(exampleRecord(), 'routes')).toBeUndefined()
  })

  it('are a line per level and route, with research said of what is research', () => {
    const table = section(withSecond(), 'routes')?.table
    expect(table?.rows).toEqual([
      ['L1', 'phantom in the scan', 'HA', '118.2 ± 1.3', '0.52', '0.41', 'used'],
      ['L1', 'tissues (raw)', 'K2HPO4', '104.0 ± 1.3', '0.52', '0.41', 'research'],
      ['L2', 'phantom in the scan', 'HA', '112.4 ± 1.3', '0.52', '0.41', 'used'],
      ['L2', 'tissues (raw)', 'K2HPO4', '104.0 ± 1.3', '0.52', '0.41', 'research'],
    ])
  })

  it('say where they disagree, and which cut point lies between', () => {
    const record = withSecond({ mineral: 'HA' })
    record.results.spine.disagreements = [
      {
        level: 'L1',
        routes: ['in-scan', 'tissue-raw'],
        kind: 'differ',
        differenceMgPerCm3: -14.2,
        jointMgPerCm3: 2.1,
        crossedCuts: [120],
      },
    ]
    expect(words(record, 'routes')).toContain(
      'L1: phantom in the scan and tissues (raw) differ by 14.2 mg/cm³, more than their joint 95 % interval of ± 2.1 mg/cm³. The cut point 120 mg/cm³ lies between them.',
    )
    expect(words(record, 'routes')).not.toContain('No two routes')
  })

  it('say once that two minerals are not compared', () => {
    const record = withSecond()
    record.results.spine.disagreements = (['L1', 'L2'] as const).map((level) => ({
      level,
      routes: ['in-scan', 'tissue-raw'],
      kind: 'other mineral scale',
      differenceMgPerCm3: null,
      jointMgPerCm3: null,
      crossedCuts: [],
    }))
    expect(words(record, 'routes').match(/On other mineral scales/g)).toHaveLength(1)
  })

  it('say that the scanner may have moved since a kept phantom scan, and only there', () => {
    const record = withSecond({ route: 'asynchronous' })
    expect(words(record, 'routes')).not.toContain('How far the scanner moved')
    record.results.routes = record.results.routes.map((one) =>
      one.route === 'tissue-raw' ? { ...one, route: 'asynchronous' } : one,
    )
    expect(words(record, 'routes')).toContain(
      'How far the scanner moved between the phantom scan and this one',
    )
  })

  it('name every route that was stopped, with its reason', () => {
    const record = withSecond()
    record.results.routes.push({
      route: 'asynchronous',
      status: 'refused',
      refusal: { code: 'ASYNCHRONOUS_REFUSED', message: 'Another voltage.' },
      warnings: [],
      reasons: [],
    })
    expect(words(record, 'routes')).toContain('Refused: stored calibration. Another voltage.')
  })
})

describe('what the printing matrix says of a route', () => {
  it.each([
    ['tissue-raw', /For research: densities by tissues \(raw\)/, 'Trabecular vBMD (research)'],
    ['dual-energy', /For research: densities by dual energy/, 'Trabecular vBMD (research)'],
    ['tissue-precalibrated', /Limitation: densities by tissues \(pre-calibrated\)/, 'Trabecular vBMD'],
  ] as const)('stands beside each density of %s', (method, label, title) => {
    const record = exampleRecord()
    record.results.calibration.method = method
    record.decisions.calibration.used = method
    record.results.spine.category = null
    expect(words(record, 'findings')).toMatch(label)
    expect(words(record, 'impression')).toMatch(label)
    expect(section(record, 'findings')?.table?.columns[1]?.title).toBe(title)
  })

  it('is nothing for the phantom in the scan', () => {
    expect(words(exampleRecord(), 'findings')).not.toMatch(/For research|Limitation/)
  })
})

describe('screening attenuation in the report', () => {
  const screened = () => {
    const record = exampleRecord()
    record.results.spine.screening = {
      attenuationHu: 109.2,
      standardErrorHu: 0.6,
      comparisons: [
        {
          cutHu: 110,
          finding: 'specificity90',
          side: 'at or below',
          citation: 'Someone 2013',
          met: true,
          certain: false,
        },
      ],
      warnings: [],
      refusal: null,
    }
    return record
  }

  it('is a section of its own that calls it neither density nor category', () => {
    const text = words(screened(), 'screening')
    expect(text).toContain('Mean trabecular attenuation of L1: 109.2 ± 1.2 HU.')
    expect(text).toContain(
      'At or below 110 HU: yes, not certain. 90 % specificity against DXA: Someone 2013.',
    )
    expect(text).not.toMatch(/mg\/cm³|T-score|osteop/i)
  })

  it('has no cut points for a child', () => {
    const record = screened()
    record.inputs.patient.ageYears = 12
    expect(words(record, 'screening')).not.toContain('110 HU')
  })

  it('says why it is not stated, and is not there when it was not asked for', () => {
    const record = screened()
    record.results.spine.screening = {
      attenuationHu: null,
      standardErrorHu: null,
      comparisons: [],
      warnings: [],
      refusal: { code: 'HU_ONLY_REFUSED', message: 'The tube voltage is 80.' },
    }
    expect(words(record, 'screening')).toBe('Not stated. The tube voltage is 80.')
    expect(section(exampleRecord(), 'screening')).toBeUndefined()
  })
})
