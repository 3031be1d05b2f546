import { paragraphs, wrapped } from '../wrappedText.ts'
import type { Element, PdfPages } from './pdfPages.ts'
import { INK, type TextStyle } from './pdfStyle.ts'

/** How a text is set within the text block. */
export interface TextPlace {
  /** Distance from the block's left edge. */
  readonly indent?: number
  readonly width?: number
  /** White below. */
  readonly after?: number
  /** At least this much must fit on the page below the text's first line, so that a heading never ends a page. */
  readonly keepWith?: number
  /** A bar at the left of every line, for what matters most. */
  readonly hasBar?: boolean
}

/** A text as one element of the structure, over as many pages as it needs. */
export function setText(
  pages: PdfPages,
  parent: Element,
  type: string,
  text: string,
  style: TextStyle,
  { indent = 0, width = pages.width - indent, after = 0, keepWith = 0, hasBar = false }: TextPlace = {},
): void {
  const lines = paragraphs(text).flatMap((paragraph) =>
    wrapped(paragraph, width, (piece) => pages.widthOf(piece, style)),
  )
  const element = pages.element(type, parent)
  let from = 0
  while (from < lines.length) {
    pages.need(style.leading + (from === 0 ? keepWith : 0))
    let count = 1
    while (from + count < lines.length && fits(pages, (count + 1) * style.leading)) count += 1
    const top = pages.y
    pages.inside(element, type, () => {
      for (const [index, line] of lines.slice(from, from + count).entries())
        pages.line(line, pages.left + indent, top + index * style.leading, style)
    })
    pages.y = top + count * style.leading
    if (hasBar) drawBar(pages, top, pages.y + after)
    from += count
  }
  element.end()
  pages.y += after
}

const fits = (pages: PdfPages, height: number) => pages.y + height <= pages.bottom

function drawBar(pages: PdfPages, top: number, bottom: number): void {
  pages.artifact(() => {
    pages.doc.rect(pages.left, top, 2.5, Math.min(bottom, pages.bottom) - top).fill(INK.accent)
  })
}

/** A thin line from the left, across the text block where no span is given. */
export function drawRule(
  pages: PdfPages,
  y: number,
  color: string,
  { span = pages.width, weight = 0.6 }: { readonly span?: number; readonly weight?: number } = {},
): void {
  pages.artifact(() => {
    pages.doc
      .moveTo(pages.left, y)
      .lineTo(pages.left + span, y)
      .lineWidth(weight)
      .stroke(color)
  })
}
