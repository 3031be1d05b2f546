import { describe, expect, it } from 'vitest'
import { reportFonts } from '../../../../src/cli/reportFonts.ts'
import { PALETTE } from '../../../../src/core/volume/picture/color.ts'
import { createPicture } from '../../../../src/core/volume/picture/picture.ts'
import type { ExamRecord } from '../../../../src/exam/record/examRecord.ts'
import { reportPdf } from '../../../../src/exam/render/pdf/reportPdf.ts'
import { encodePng } from '../../../../src/exam/render/png.ts'
import { printedReport } from '../../../../src/exam/render/printedReport.ts'
import { exampleRecord } from '../../record/exampleRecord.ts'

const png = encodePng(createPicture(60, 40, PALETTE.panel))
const pictures = new Map(['voi-L1.png', 'voi-L2.png', 'rods.png'].map((name) => [name, png]))
const options = { fonts: reportFonts(), createdAt: new Date('2026-03-01T00:00:00Z') }

const bytesOf = (record: ExamRecord) => reportPdf(printedReport(record), pictures, options)
/** The file's objects as text: streams are packed, the structure tree is not. */
const sourceOf = async (record: ExamRecord) => Buffer.from(await bytesOf(record)).toString('latin1')
const count = (source: string, pattern: RegExp) => source.match(pattern)?.length ?? 0

describe('the PDF report', () => {
  it('is tagged, names its language and title, and embeds its typefaces', async () => {
    const source = await sourceOf(exampleRecord())
    expect(source).toMatch(/^%PDF-1\.7/)
    expect(source).toMatch(/\/MarkInfo|\/Marked true/)
    expect(source).toContain('/Lang (en)')
    expect(source).toContain('/DisplayDocTitle true')
    expect(count(source, /\/FontFile2 /g)).toBe(2)
    expect(source).not.toContain('/BaseFont /Helvetica')
  })

  it('has one title, a heading for every section and for the pictures, and cells with scope', async () => {
    const record = exampleRecord()
    const source = await sourceOf(record)
    const { sections } = printedReport(record)
    expect(count(source, /\/S \/H1\b/g)).toBe(1)
    expect(count(source, /\/S \/H2\b/g)).toBe(sections.length + 1)
    const table = sections.find(({ id }) => id === 'findings')?.table
    expect(count(source, /\/Scope \/Column/g)).toBe(table?.columns.length)
    expect(count(source, /\/S \/Table\b/g)).toBeGreaterThanOrEqual(2)
  })

  it('gives each picture that was made words for those who cannot see it', async () => {
    const source = await sourceOf(exampleRecord())
    expect(count(source, /\/S \/Figure\b/g)).toBe(3)
    expect(count(source, /\/Alt \(/g)).toBe(3)
  })

  it('is the same bytes for the same report', async () => {
    expect(await bytesOf(exampleRecord())).toEqual(await bytesOf(exampleRecord()))
  })

  it('goes on over pages, however long a reader writes and however many doubts there are', async () => {
    const record = exampleRecord()
    record.decisions.readerText.findings = `${'Long words of a reader. '.repeat(400)}${'x'.repeat(500)}`
    record.results.warnings = Array.from({ length: 60 }, (_, index) => ({
      code: 'KVP_NOT_120',
      message: `Doubt number ${index} with enough words to be more than a line of the report on its page.`,
    }))
    const source = await sourceOf(record)
    const pages = count(source, /\/Type \/Page\b/g)
    expect(pages).toBeGreaterThan(4)
    expect(pages).toBeLessThan(12)
  })

  it('survives names in scripts that its typeface lacks', async () => {
    const record = exampleRecord()
    record.inputs.patient.patientName = 'Yamada^Tarou=山田^太郎=やまだ^たろう'
    record.inputs.study.studyDescription = '👩🏽‍⚕️ \u202e\u0000\ufffd'
    expect((await bytesOf(record)).length).toBeGreaterThan(10_000)
  })

  it('keeps its metadata whole when names hold signs of markup', async () => {
    const record = exampleRecord()
    record.inputs.patient.patientName = 'O<Brien^A&B>'
    const source = await sourceOf(record)
    const metadata = source.slice(source.indexOf('<?xpacket begin'), source.indexOf('<?xpacket end'))
    expect(metadata).toContain('O&lt;Brien, A&amp;B&gt;')
    // The packet's own marks stand in pairs: nothing in it is taken for another.
    expect(count(metadata, /<(?![/?])/g)).toBe(count(metadata, /<\//g))
    expect(metadata).toContain('<pdfaid:part>2</pdfaid:part>')
  })

  it.each([['a4'], ['letter']] as const)('is made for %s paper', async (paper) => {
    const bytes = await reportPdf(printedReport(exampleRecord()), pictures, { ...options, paper })
    expect(Buffer.from(bytes).toString('latin1')).toContain(
      paper === 'a4' ? '/MediaBox [0 0 595.28 841.89]' : '/MediaBox [0 0 612 792]',
    )
  })
})
