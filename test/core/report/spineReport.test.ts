import { describe, expect, it } from 'vitest'
import type { ReportDocument } from '../../../src/core/report/reportDocument.ts'
import type { ReportInput } from '../../../src/core/report/reportInput.ts'
import { spineReport } from '../../../src/core/report/spineReport.ts'
import { exampleLevel, exampleRecord } from '../../exam/record/exampleRecord.ts'

const text = (report: ReportDocument, section?: string) =>
  report.sections
    .filter(({ id }) => section === undefined || id === section)
    .flatMap(({ statements }) => statements.map((statement) => statement.text))
    .join('\n')

const uncalibrated = (): ReportInput => {
  const record = exampleRecord()
  record.results.calibration = {
    ...record.results.calibration,
    method: 'none',
    phantom: null,
    mineral: null,
    slopeMgPerCm3PerHu: null,
    rods: [],
  }
  record.results.spine = {
    levels: [exampleLevel('L1', null), exampleLevel('L2', null)],
    meanVbmdMgPerCm3: null,
    meanUncertaintyMgPerCm3: null,
    category: null,
    categoryWithheld: {
      code: 'route',
      message: 'Without a calibrated density the cut points cannot be applied.',
    },
    screening: null,
    disagreements: [],
  }
  return record
}

describe('the spine report', () => {
  it('says the category as approximately equivalent, after the mean, and never a T-score of the patient', () => {
    const impression = text(spineReport(exampleRecord()), 'impression')
    expect(impression).toContain('115.3 ± 1.1 mg/cm³')
    expect(impression).toContain('approximately equivalent to the WHO category osteopenia')
    expect(impression).not.toMatch(/T-score/)
  })

  it('gives a rule for every statement', () => {
    const report = spineReport(exampleRecord())
    const rules = report.sections.flatMap(({ statements }) => statements.map(({ rule }) => rule))
    expect(rules.length).toBeGreaterThan(8)
    for (const rule of rules) expect(rule).toMatch(/^(QCT|ACR communication|SB 1237|House) \S/)
  })

  it('has no density anywhere without calibration', () => {
    const report = spineReport(uncalibrated())
    const findings = report.sections.find(({ id }) => id === 'findings')
    expect(findings?.table?.columns.map(({ unit }) => unit)).not.toContain('mg/cm³')
    // The withheld-category sentence and cut points may not smuggle a density in either.
    expect(text(report)).not.toMatch(/\d\s*mg\/cm³/)
  })

  it.each([[8], [19]])('never uses the words of the WHO classification for a child of %d', (ageYears) => {
    const record = exampleRecord()
    record.inputs.patient.ageYears = ageYears
    record.results.spine.category = null
    record.results.spine.categoryWithheld = {
      code: 'child',
      message: 'The WHO classification does not apply to children and adolescents.',
    }
    const whole = JSON.stringify(spineReport(record))
    expect(whole).not.toMatch(/osteopeni|osteoporo|T-score/i)
    expect(whole).toContain('Z-score')
  })

  it('repeats every warning of the exam and of its levels', () => {
    const record = exampleRecord()
    record.results.warnings = [{ code: 'KVP_NOT_120', message: 'exam doubt' }]
    for (const level of record.results.spine.levels)
      level.warnings = [{ code: 'VOI_CLIPPED', message: 'level doubt' }]
    const limitations = text(spineReport(record), 'limitations')
    expect(limitations).toContain('exam doubt')
    expect(limitations).toContain('L1, L2: level doubt')
  })

  it('says nothing of how a refused exam was measured that never was', () => {
    const record = uncalibrated()
    const refused = {
      ...record,
      status: 'refused' as const,
      refusal: { code: 'RODS_NOT_FOUND', message: 'why' },
      results: { ...record.results, spine: { ...record.results.spine, levels: [] } },
    }
    expect(text(spineReport(refused), 'technique')).toContain('Nothing was measured')
    expect(text(spineReport(refused), 'technique')).not.toContain('CT numbers')
  })

  it('says that nothing was detected when there is no doubt', () => {
    const record = exampleRecord()
    record.results.spine.category = null
    expect(text(spineReport(record), 'limitations')).toContain('No artefact')
  })

  it('is honest about dose, comparison and fractures', () => {
    const report = spineReport(exampleRecord())
    expect(text(report, 'dose')).toContain('No dose information was read')
    expect(text(report, 'comparison')).toContain('No prior')
    expect(text(report, 'findings')).toContain('fractures were not assessed')
  })

  it('states a refusal with its code and prints no value', () => {
    const record = uncalibrated()
    const refused = {
      ...record,
      status: 'refused' as const,
      refusal: { code: 'RODS_NOT_FOUND', message: 'why' },
    }
    expect(text(spineReport(refused), 'impression')).toBe('The exam was refused (RODS_NOT_FOUND): why')
  })

  it.each([
    [{ sex: 'F', ageYears: 71, menopausalStatus: 'post' }, 'postmenopausal women and men from 50'],
    [{ sex: 'F', ageYears: 51, menopausalStatus: 'peri' }, 'women in menopausal transition'],
    [{ sex: 'M', ageYears: 44, menopausalStatus: null }, 'premenopausal women and men under 50'],
    [{ sex: 'M', ageYears: 12, menopausalStatus: null }, 'children and adolescents'],
    [{ sex: 'F', ageYears: 55, menopausalStatus: null }, 'menopausal status is not known'],
  ] as const)('says by whose rules it is written: %j', (facts, words) => {
    const record = exampleRecord()
    Object.assign(record.inputs.patient, facts)
    expect(text(spineReport(record), 'indication')).toContain(words)
  })

  it('says for a woman in transition that the WHO classification may apply', () => {
    const record = exampleRecord()
    Object.assign(record.inputs.patient, { ageYears: 51, menopausalStatus: 'peri' })
    expect(text(spineReport(record), 'impression')).toContain('may apply')
  })

  it('marks facts that a person typed, and only those', () => {
    const { header } = spineReport(exampleRecord())
    const value = (name: string) => header.find((field) => field.name === name)?.value
    expect(value('Sex')).toBe('female')
    expect(value('Menopause')).toBe('postmenopausal (typed)')
  })

  it('prints the reader’s words as the reader’s, and does not touch them', () => {
    const record = exampleRecord()
    record.decisions.readerText = {
      findings: 'Grade 1 wedge of T11.',
      comparison: 'Outside DXA of 2020.',
      impression: 'Fits the history.',
      recommendation: 'QCT again in two years.',
    }
    const report = spineReport(record)
    const byReader = report.sections.flatMap(({ id, statements }) =>
      statements.filter(({ author }) => author === 'reader').map((statement) => [id, statement.text]),
    )
    expect(byReader).toEqual([
      ['findings', 'Grade 1 wedge of T11.'],
      ['comparison', 'Outside DXA of 2020.'],
      ['impression', 'Fits the history.'],
      ['impression', 'QCT again in two years.'],
    ])
  })

  it('believes a reader who confirms naming and reading', () => {
    const record = exampleRecord()
    record.decisions.rois = record.decisions.rois.map((roi) => ({ ...roi, placement: 'automatic' }))
    record.decisions.confirmations = ['levelNaming', 'readForFractures']
    const report = spineReport(record)
    expect(text(report, 'technique')).toContain('the reader confirmed the naming')
    expect(text(report, 'findings')).not.toContain('not assessed')
  })

  it('names a level that the reader excluded once, with the reason', () => {
    const record = exampleRecord()
    const message = 'L1 is excluded by the reader: fracture or deformity.'
    record.results.spine.levels = [
      {
        ...exampleLevel('L1', null),
        status: 'refused',
        meanHu: null,
        refusal: { code: 'LEVEL_EXCLUDED', message },
      },
      exampleLevel('L2', 112.4),
    ]
    expect(text(spineReport(record)).split(message)).toHaveLength(2)
  })

  it('lists pictures of the measured VOIs and of the phantom, with words for those who cannot see them', () => {
    const figures = spineReport(exampleRecord()).sections.flatMap((section) => section.figures ?? [])
    expect(figures.map(({ name }) => name)).toEqual([
      'voi-L1.png',
      'voi-L2.png',
      'rods.png',
      'calibration.png',
    ])
    expect(figures[0]?.alt).toContain('118.2 ± 1.3 mg/cm³')
    const uncalibratedFigures = spineReport(uncalibrated()).sections.flatMap(
      (section) => section.figures ?? [],
    )
    expect(uncalibratedFigures.map(({ name }) => name)).toEqual(['voi-L1.png', 'voi-L2.png'])
    expect(JSON.stringify(uncalibratedFigures)).not.toContain('mg/cm³')
  })
})
