import { describe, expect, it } from 'vitest'
import { reportHtml } from '../../../src/exam/render/html.ts'
import { printedReport } from '../../../src/exam/render/printedReport.ts'
import { exampleRecord } from '../record/exampleRecord.ts'

const NO_PICTURES = new Map<string, Uint8Array>()

describe('the HTML report', () => {
  it('carries title, values with units, the draft mark and the research-use line', () => {
    const html = reportHtml(printedReport(exampleRecord()), NO_PICTURES)
    for (const words of ['115.3 ± 1.1 mg/cm³', 'Draft, not signed', 'research use only'])
      expect(html).toContain(words)
    expect(html).toMatch(/<th scope="row">L1<\/th><td class="right">118\.2 ± 1\.3<\/td>/)
  })

  it('shows the rule behind a statement', () => {
    expect(reportHtml(printedReport(exampleRecord()), NO_PICTURES)).toContain('data-rule="QCT IV.C.2"')
  })

  it('keeps markup of headers and of readers from becoming markup of the page', () => {
    const record = exampleRecord()
    const evil = "\"><script>alert(1)</script><img src=x onerror='alert(1)'>&amp;"
    record.inputs.patient.patientName = evil
    record.inputs.study.studyDescription = evil
    record.inputs.patient.indication = evil
    record.decisions.readerText.impression = evil
    const html = reportHtml(printedReport(record), NO_PICTURES)
    expect(html).not.toMatch(/<script|<img/)
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(4)
  })

  it('needs nothing from anywhere else', () => {
    const pictures = new Map([['voi-L1.png', new Uint8Array([137, 80, 78, 71])]])
    const html = reportHtml(printedReport(exampleRecord()), pictures)
    expect(html).toContain('src="data:image/png;base64,iVBORw=="')
    expect(html).not.toMatch(/(?:src|href)="(?!data:)|url\(|@import/)
    expect(html).toContain("default-src 'none'")
  })

  it('says which picture is not there', () => {
    const html = reportHtml(printedReport(exampleRecord()), NO_PICTURES)
    expect(html).not.toContain('<figure')
    expect(html.match(/Picture not available/g)).toHaveLength(4)
  })

  it('keeps the line ends that a reader typed', () => {
    const record = exampleRecord()
    record.decisions.readerText.findings = 'First.\r\nSecond.'
    expect(reportHtml(printedReport(record), NO_PICTURES)).toContain('First.\nSecond.')
  })
})
