import { describe, expect, it } from 'vitest'
import { reportConcerns } from '../../../src/core/report/reportConcerns.ts'
import { spineReport } from '../../../src/core/report/spineReport.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

const concernsOf = (record: ExamRecord) => reportConcerns(record, spineReport(record))
const codesOf = (record: ExamRecord) => concernsOf(record).map(({ code }) => code)

describe('what a reader has to look at before signing', () => {
  it('is what the report still lacks', () => {
    const record = exampleRecord()
    record.inputs.study.referringPhysicianName = null
    record.inputs.patient.menopausalStatus = null
    record.inputs.patient.ageYears = 55
    record.decisions.rois = record.decisions.rois.map((roi) => ({ ...roi, placement: 'automatic' }))
    expect(codesOf(record)).toEqual([
      'INDICATION_MISSING',
      'REFERRER_MISSING',
      'POPULATION_UNKNOWN',
      'FRACTURES_NOT_READ',
      'NAMING_NOT_CONFIRMED',
    ])
  })

  it('is nothing when all is stated and confirmed', () => {
    const record = exampleRecord()
    record.inputs.patient.indication = 'Back pain'
    record.decisions.confirmations = ['levelNaming', 'readForFractures']
    expect(codesOf(record)).toEqual([])
  })

  it.each([
    ['indication', 'suspected osteoporosis'],
    ['treatment', 'for osteopenia'],
  ] as const)('blocks the report of a child whose %s holds a word it must not', (fact, words) => {
    const record = exampleRecord()
    record.inputs.patient.ageYears = 12
    record.results.spine.category = null
    expect(concernsOf(record).filter(({ blocksSigning }) => blocksSigning)).toEqual([])
    record.inputs.patient[fact] = words
    expect(concernsOf(record).filter(({ blocksSigning }) => blocksSigning)).toMatchObject([
      { code: 'WORDS_NOT_FOR_CHILDREN', rule: 'QCT V.D' },
    ])
  })

  it('does not ask whether a refused exam was read for fractures', () => {
    const record = { ...exampleRecord(), status: 'refused' as const, refusal: { code: 'X', message: 'why' } }
    expect(codesOf(record)).not.toContain('FRACTURES_NOT_READ')
  })
})
