import { describe, expect, it } from 'vitest'
import { type ReportSignature, signedReport } from '../../../src/core/report/signedReport.ts'
import { spineReport } from '../../../src/core/report/spineReport.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

const report = spineReport(exampleRecord())
const first = { number: 1, changes: [] }
const signature: ReportSignature = {
  kind: 'report',
  name: 'R. Reader',
  role: 'radiologist',
  signedAt: '2026-03-04T10:20:30Z',
  text: null,
  sha256: 'ab'.repeat(32),
}

describe('the standing of a report', () => {
  it('is a draft until it is signed', () => {
    expect(signedReport(report, [], first).header[0]).toMatchObject({ value: 'Draft, not signed' })
    expect(signedReport(report, [], first).identity).toContain('Draft, not signed')
    expect(signedReport(report, [], first).sections).toEqual(report.sections)
  })

  it('names who signed and when, that nobody authenticated it, and the hash', () => {
    const signed = signedReport(report, [signature], first)
    expect(signed.header[0]?.value).toMatch(/2026-03-04 by R\. Reader, radiologist.*not authenticated/)
    const last = signed.sections.at(-1)
    expect(last?.id).toBe('signature')
    const words = last?.statements.map(({ text }) => text).join('\n')
    expect(words).toContain('on 2026-03-04 10:20 UTC')
    expect(words).toContain('not authenticated')
    expect(words).toContain('ab'.repeat(32))
  })

  it('leaves every signed section as it was, and appends addenda with their own names', () => {
    const addendum: ReportSignature = {
      ...signature,
      kind: 'addendum',
      name: 'B. Second',
      text: 'L3 looks old.',
    }
    const signed = signedReport(report, [signature, addendum], first)
    expect(signed.sections.slice(0, -1)).toEqual(report.sections)
    expect(signed.sections.at(-1)?.statements).toContainEqual(
      expect.objectContaining({ text: 'L3 looks old.', author: 'reader' }),
    )
    expect(signed.header[0]?.value).toContain('addend')
  })

  it('says which version it is and what changed', () => {
    const signed = signedReport(report, [], { number: 2, changes: ['mean: 1 mg/cm³, now 2 mg/cm³'] })
    expect(signed.header[1]?.value).toMatch(/^2,/)
    expect(signed.sections.at(-1)?.statements[0]?.text).toContain('now 2 mg/cm³')
  })
})
