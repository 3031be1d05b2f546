import type { ReportDocument, ReportFigure, ReportSection } from '../../../core/report/reportDocument.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ReportPictures } from '../html.ts'
import { setFigure } from './pdfFigure.ts'
import { setFooters } from './pdfFooter.ts'
import { setHeader } from './pdfHeader.ts'
import { type Element, type PdfPages, pdfBytes, pdfPages, UNKNOWN_SIGN } from './pdfPages.ts'
import { INK, type PAPER, TEXT } from './pdfStyle.ts'
import { setTable } from './pdfTable.ts'
import { drawRule, setText } from './pdfText.ts'
import type { ReportFonts } from './reportFonts.ts'

/** What a PDF needs beside the report itself. */
export interface PdfOptions {
  readonly fonts: ReportFonts
  /** Stated in the file as its date. The same date gives the same bytes. */
  readonly createdAt: Date
  readonly paper?: keyof typeof PAPER
}

/** Two pictures of VOIs fit on a page by this height, in points. */
const FIGURE_HEIGHT = 322

/**
 * The report as a tagged PDF: text, tables and pictures in a structure tree that a screen reader walks, typefaces
 * embedded, who and when and the research-use line on every page. Pictures stand at the end, so that the text stays
 * together. The same in a browser worker and in Node.
 */
export async function reportPdf(
  report: ReportDocument,
  pictures: ReportPictures,
  { fonts, createdAt, paper = 'a4' }: PdfOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const pages = pdfPages(
    { title: report.title, subject: report.identity, creator: report.product, createdAt },
    fonts,
    paper,
  )
  setHeader(pages, report)
  const figures = report.sections
    .flatMap(({ figures = [] }) => figures)
    .map((figure) => ({ figure, png: pictures.get(figure.name) }))
  const numbers = new Map(
    figures.map(({ figure }, index) => [
      figure.name,
      phrase('report.figure.reference', { number: index + 1 }),
    ]),
  )
  for (const section of report.sections) setSection(pages, section, numbers)
  setFigures(pages, figures, numbers)
  if (pages.lacksSigns())
    setText(pages, pages.root, 'P', phrase('report.pdf.lacksSigns', { sign: UNKNOWN_SIGN }), TEXT.muted)
  setFooters(pages, report)
  return pdfBytes(pages)
}

/** Least height that must follow a heading on its page. */
const HEADING_COMPANY = 40

function setSection(pages: PdfPages, section: ReportSection, numbers: ReadonlyMap<string, string>): void {
  const { id, heading, lead, table, statements, figures = [] } = section
  const part = pages.element('Sect', pages.root)
  setHeading(pages, part, heading)
  const isImpression = id === 'impression'
  const style = isImpression ? TEXT.impression : TEXT.body
  const place = isImpression ? { indent: 12, after: 5, hasBar: true } : { after: 4 }
  if (lead !== undefined) setText(pages, part, 'P', lead.text, style, place)
  if (table !== undefined) setTable(pages, part, table)
  for (const { text, author } of statements) {
    const said = author === undefined ? text : `${phrase('report.author.reader')} ${text}`
    setText(pages, part, 'P', said, style, place)
  }
  const named = figures.flatMap(({ name }) => numbers.get(name) ?? [])
  if (named.length > 0)
    setText(pages, part, 'P', phrase(figuresKey(named.length), { count: named.length }), TEXT.muted, {
      after: 4,
    })
  part.end()
  pages.y += 7
}

const figuresKey = (count: number) =>
  count === 1 ? 'report.pdf.oneFigure' : count === 2 ? 'report.pdf.twoFigures' : 'report.pdf.figures'

function setHeading(pages: PdfPages, part: Element, heading: string): void {
  pages.need(TEXT.heading.leading + HEADING_COMPANY)
  setText(pages, part, 'H2', heading, TEXT.heading)
  drawRule(pages, pages.y + 1, INK.line)
  pages.y += 6
}

function setFigures(
  pages: PdfPages,
  figures: readonly { readonly figure: ReportFigure; readonly png: Uint8Array | undefined }[],
  numbers: ReadonlyMap<string, string>,
): void {
  if (figures.length === 0) return
  const part = pages.element('Sect', pages.root)
  const isShown = figures[0]?.png !== undefined
  pages.need(TEXT.heading.leading + HEADING_COMPANY + (isShown ? FIGURE_HEIGHT : 0))
  setHeading(pages, part, phrase('report.figure.heading'))
  for (const { figure, png } of figures) {
    const number = numbers.get(figure.name) ?? ''
    if (png === undefined) {
      const missing = phrase('report.pdf.pictureMissing', { caption: figure.caption })
      setText(pages, part, 'P', `${number}. ${missing}`, TEXT.muted, { after: 6 })
    } else setFigure(pages, part, figure, png, { number, height: FIGURE_HEIGHT })
  }
  part.end()
}
