import { describe, expect, it } from 'vitest'
import { spineReport } from '../../../src/core/report/spineReport.ts'
import { reportText } from '../../../src/exam/render/text.ts'
import { wrapped } from '../../../src/exam/render/wrappedText.ts'
import { exampleRecord } from '../record/exampleRecord.ts'

describe('the text report', () => {
  it('has no line longer than 92 columns and no blanks at line ends', () => {
    const record = exampleRecord()
    record.inputs.study.studyDescription = 'x'.repeat(300)
    for (const line of reportText(spineReport(record)).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(92)
      expect(line).toBe(line.trimEnd())
    }
  })

  it('carries values, units and the research-use line', () => {
    const text = reportText(spineReport(exampleRecord()))
    expect(text).toMatch(/L1 +118\.2 ± 1\.3 +151\.3 +24\.5 +4210 +6\.3/)
    expect(text).toContain('mg/cm³')
    expect(text).toContain('research use only')
  })
})

describe('wrapped text', () => {
  it('breaks at blanks, and inside a word that is longer than a line', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrapped('abcdefgh', 3)).toEqual(['abc', 'def', 'gh'])
  })

  it('never parts a number from its unit or its doubt', () => {
    expect(wrapped('density 99.2 ± 0.9 mg/cm³ and 95 % of it', 18)).toEqual([
      'density',
      '99.2 ± 0.9 mg/cm³',
      'and 95 % of it',
    ])
  })

  it('keeps control characters of file headers out of a terminal', () => {
    expect(wrapped('a\u001b[31mb\r\nc', 80)).toEqual(['a [31mb c'])
  })
})
