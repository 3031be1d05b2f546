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
})
