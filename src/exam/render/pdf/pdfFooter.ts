import type { ReportDocument } from '../../../core/report/reportDocument.ts'
import { phrase } from '../../../core/words/words.ts'
import { wrapped } from '../wrappedText.ts'
import type { PdfPages } from './pdfPages.ts'
import { INK, TEXT } from './pdfStyle.ts'
import { drawRule } from './pdfText.ts'

/** Foot of the page, from the text block's bottom. */
const FOOT = { rule: 12, first: 17 }

/** Who, when and for what the report may be used, and the page's number, on every page. */
export function setFooters(pages: PdfPages, { identity, footer }: ReportDocument): void {
  const { start, count } = pages.doc.bufferedPageRange()
  for (let index = 0; index < count; index += 1) {
    pages.doc.switchToPage(start + index)
    const top = pages.bottom + FOOT.first
    drawRule(pages, pages.bottom + FOOT.rule, INK.line)
    const number = phrase('report.pdf.page', { number: index + 1, count })
    const room = pages.width - pages.widthOf(number, TEXT.footer) - 12
    const lines = [identity, ...footer.map(({ text }) => text)].map(
      (text) => wrapped(text, room, (piece) => pages.widthOf(piece, TEXT.footer))[0] ?? '',
    )
    pages.artifact(() => {
      for (const [line, text] of lines.entries())
        pages.line(text, pages.left, top + line * TEXT.footer.leading, TEXT.footer)
      const x = pages.left + pages.width - pages.widthOf(number, TEXT.footer)
      pages.line(number, x, top, TEXT.footer)
    })
  }
}
