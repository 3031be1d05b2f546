import type { ReportFigure } from '../../../core/report/reportDocument.ts'
import type { Element, PdfPages } from './pdfPages.ts'
import { TEXT } from './pdfStyle.ts'
import { setText } from './pdfText.ts'

/** White between a picture and its caption, and below. */
const CAPTION_GAP = 4
const AFTER = 14

/** A picture as wide as the text block allows, with its caption below; both stay on one page. */
export function setFigure(
  pages: PdfPages,
  parent: Element,
  { caption, alt }: ReportFigure,
  png: Uint8Array,
  { number, height: most }: { readonly number: string; readonly height: number },
): void {
  const { width: pixels, height: lines } = pngSize(png)
  const width = Math.min(pages.width, (most * pixels) / lines)
  const height = (width * lines) / pixels
  pages.need(height + CAPTION_GAP + 2 * TEXT.muted.leading)
  const box: [number, number, number, number] = [pages.left, pages.y, pages.left + width, pages.y + height]
  const figure = pages.element('Figure', parent, { alt, bbox: box })
  const top = pages.y
  pages.inside(figure, 'Figure', () => {
    pages.doc.image(png as unknown as ArrayBuffer, pages.left, top, { width, height })
  })
  figure.end()
  pages.y = top + height + CAPTION_GAP
  setText(pages, parent, 'Caption', `${number}. ${caption}`, TEXT.muted, { after: AFTER })
}

/** Width and height of a PNG file, from its header. @see PNG specification, 11.2.2 */
function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
