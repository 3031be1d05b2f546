import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { reportFonts } from '../../src/cli/reportFonts.ts'
import type { ReportDocument } from '../../src/core/report/reportDocument.ts'
import { PALETTE } from '../../src/core/volume/picture/color.ts'
import { createPicture } from '../../src/core/volume/picture/picture.ts'
import type { ExamRecord } from '../../src/exam/record/examRecord.ts'
import { reportPdf } from '../../src/exam/render/pdf/reportPdf.ts'
import { encodePng } from '../../src/exam/render/png.ts'
import { printedReport } from '../../src/exam/render/printedReport.ts'
import { exampleRecord } from '../exam/record/exampleRecord.ts'
import { describeExternal } from './external.ts'

const picture = encodePng(createPicture(60, 40, PALETTE.panel))
const pictures = new Map(['voi-L1.png', 'voi-L2.png'].map((name) => [name, picture]))

/** What a program of poppler prints of a record's PDF. */
async function asked(record: ExamRecord, program: string, ...words: string[]): Promise<string> {
  return askedOf(printedReport(record), program, ...words)
}

async function askedOf(report: ReportDocument, program: string, ...words: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trabecula-pdf-'))
  const file = join(folder, 'report.pdf')
  const options = { fonts: reportFonts(), createdAt: new Date('2026-03-01T00:00:00Z') }
  writeFileSync(file, await reportPdf(report, pictures, options))
  const to = program === 'pdftotext' ? ['-'] : []
  const { status, stdout, stderr } = spawnSync(program, [...words, file, ...to], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describeExternal('poppler', 'a foreign reader of the PDF report', () => {
  let text: string
  beforeAll(async () => {
    const record = exampleRecord()
    record.decisions.readerText.impression = 'T-score ≥ −1.0 elsewhere; K₂HPO₄, 5 µm, 95 % – “ok”.'
    record.decisions.readerText.findings = 'A reader writes a lot. '.repeat(300)
    text = await asked(record, 'pdftotext', '-layout')
  })

  it('gets the text with every sign of it', () => {
    for (const words of [
      '118.2 ± 1.3',
      'mg/cm³',
      '115.3 ± 1.1 mg/cm³',
      'T-score ≥ −1.0',
      'K₂HPO₄, 5 µm',
      '“ok”',
    ])
      expect(text).toContain(words)
  })

  it('finds patient, standing and the research-use line on every page', () => {
    const pages = text.split('\f').slice(0, -1)
    expect(pages.length).toBeGreaterThan(2)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('ID P1')
      expect(page).toContain('Draft, not signed')
      expect(page).toContain('For research use only')
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    }
  })

  it('finds signs that the typeface lacks as boxes, within their column, and is told so', async () => {
    const record = exampleRecord()
    record.inputs.patient.patientName = 'Yamada^Tarou=山田^太郎=やまだ^たろう'
    const page = await asked(record, 'pdftotext', '-layout')
    expect(page).toContain('Yamada, Tarou (□□, □□')
    expect(page).not.toMatch(/□\)?Patient ID/)
    expect(page).toContain('are printed as □')
  })

  it('walks the structure: title, headings in order, tables with heads, pictures with words', async () => {
    const tree = await asked(exampleRecord(), 'pdfinfo', '-struct-text')
    const headings = [...tree.matchAll(/^ *H2 .*\n +"(.*)"$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'Indication',
      'Technique',
      'Findings',
      'Comparison',
      'Limitations',
      'Impression',
      'Radiation dose',
      'Figures',
    ])
    expect(tree).toMatch(/^Document\n +H1 \(block\)\n +"Quantitative CT of the spine"/)
    expect(tree).toMatch(/TH:?\s[\s\S]*?"Level"/)
    expect(tree).toMatch(/TD[^\n]*\n +"118\.2 ± 1\.3"/)
    expect(await asked(exampleRecord(), 'pdfinfo', '-struct')).toMatch(/Figure/)
  })

  it('finds as many columns in every row of the head', async () => {
    const tree = await asked(exampleRecord(), 'pdfinfo', '-struct')
    const [, head = ''] = tree.split(/^ {2}Table.*\n/m)
    const rows = head.split(/^ {4}TR.*\n/m).slice(1)
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) {
      const cells = row.match(/^ {6}T[HD]\b/gm)?.length ?? 0
      const spanned = [...row.matchAll(/\/ColSpan (\d+)/g)].map(([, span]) => Number(span) - 1)
      expect(cells + spanned.reduce((sum, more) => sum + more, 0)).toBe(4)
    }
  })

  it.each([
    [1, 'Figure 1 stands at the end'],
    [2, 'Figures 1 and 2 stand at the end'],
    [3, 'Figures 1 to 3 stand at the end'],
  ])('reads where %i pictures stand', async (number, words) => {
    const report = printedReport(exampleRecord())
    const known = report.sections.flatMap(({ figures = [] }) => figures)
    expect(known.length).toBeGreaterThanOrEqual(number)
    const sections = report.sections.map((section) =>
      section.figures === undefined ? section : { ...section, figures: section.figures.slice(0, number) },
    )
    expect(await askedOf({ ...report, sections }, 'pdftotext', '-layout')).toContain(words)
  })

  it('finds every typeface embedded, with the way back to Unicode', async () => {
    const [, , ...fonts] = (await asked(exampleRecord(), 'pdffonts')).trimEnd().split('\n')
    expect(fonts.length).toBe(2)
    for (const font of fonts) expect(font).toMatch(/Inter.* yes yes yes /)
  })
})
