import PDFDocument from 'pdfkit'
import { escapeMetadata } from './pdfMetadata.ts'
import { MARGIN, PAPER, type TextStyle } from './pdfStyle.ts'
import type { ReportFonts } from './reportFonts.ts'

/** What stands in for a sign that the typeface lacks. */
export const UNKNOWN_SIGN = '□'

/** The part of the font that pdfkit holds and its types do not tell. */
interface OpenFont {
  readonly font: { readonly hasGlyphForCodePoint: (codePoint: number) => boolean }
}

/** Where the next thing is drawn, and the structure it belongs to. Text is always drawn inside a structure element. */
export interface PdfPages {
  readonly left: number
  readonly width: number
  /** Bottom of the text block; the page's footer stands below. */
  readonly bottom: number
  /** Distance of the next line from the page's top. */
  y: number
  /** Begins a new page when less than this height is left; gives whether it did. */
  readonly need: (height: number) => boolean
  /** A structure element under another, to be ended when it is whole. */
  readonly element: (type: string, parent: PDFKit.PDFStructureElement, options?: ElementOptions) => Element
  /** Draws something as content of an element. */
  readonly inside: (element: Element, type: string, draw: () => void) => void
  /** Draws something that is no content: rules, page numbers. */
  readonly artifact: (draw: () => void) => void
  readonly widthOf: (text: string, style: TextStyle) => number
  /** Draws one line of text with its top left corner at a place; signs that the typeface lacks become `□`. */
  readonly line: (text: string, x: number, y: number, style: TextStyle) => void
  readonly doc: PDFKit.PDFDocument
  readonly root: Element
  /** Whether a sign was drawn as `□`. */
  readonly lacksSigns: () => boolean
}

/** The part of an element that pdfkit writes as it is; its own options lack what spans columns. */
interface OpenElement {
  readonly dictionary: { readonly data: Record<string, unknown> }
}

/** One element of the structure tree. */
export type Element = PDFKit.PDFStructureElement
/** What pdfkit writes of an element; its published types lag behind. */
interface ElementOptions {
  readonly alt?: string
  /** Left, top, right and bottom, from the page's top left corner. */
  readonly bbox?: readonly [number, number, number, number]
  readonly scope?: 'Column' | 'Row'
  /** Over how many columns of its table a cell reaches, where it is more than one. */
  readonly colSpan?: number
}

/**
 * No kerning: it draws a digit over a decimal point until 97.4 looks like 974. Columns of numbers have figures of one
 * width. The typeface engine takes the object; pdfkit's types know lists alone.
 */
const featuresOf = ({ isTabular }: TextStyle) =>
  ({ kern: false, tnum: isTabular === true }) as unknown as PDFKit.Mixins.OpenTypeFeatures[]

/** What the document says of itself beside its pages. */
export interface PdfFacts {
  readonly title: string
  readonly subject: string
  readonly creator: string
  /** Fixed by the caller, so that the same report gives the same bytes. */
  readonly createdAt: Date
}

/**
 * An empty tagged document (PDF 1.7, structure of PDF/A-2a, typefaces embedded) with its first page.
 * @see ISO 32000-1, 14.7 and 14.8
 */
export function pdfPages(facts: PdfFacts, fonts: ReportFonts, paper: keyof typeof PAPER): PdfPages {
  const { width, height } = PAPER[paper]
  const doc = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    tagged: true,
    subset: 'PDF/A-2a',
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    // pdfkit's own default would be Helvetica, which is not embedded
    font: null as unknown as string,
    info: {
      Title: facts.title,
      Subject: facts.subject,
      Creator: facts.creator,
      Producer: 'PDFKit',
      CreationDate: facts.createdAt,
    },
  })
  escapeMetadata(doc)
  doc.registerFont('regular', fonts.regular as PDFKit.Mixins.PDFFontSource)
  doc.registerFont('semibold', fonts.semibold as PDFKit.Mixins.PDFFontSource)
  doc.addPage()
  const root = doc.struct('Document')
  doc.addStructure(root)

  let hasLacked = false
  const drawable = (text: string, style: TextStyle) => {
    doc.font(style.font).fontSize(style.size)
    const { font } = (doc as unknown as { readonly _font: OpenFont })._font
    return Array.from(text, (sign) =>
      font.hasGlyphForCodePoint(sign.codePointAt(0)!) ? sign : UNKNOWN_SIGN,
    ).join('')
  }
  const pages: PdfPages = {
    left: MARGIN.left,
    width: width - MARGIN.left - MARGIN.right,
    bottom: height - MARGIN.bottom,
    y: MARGIN.top,
    need: (wanted) => {
      if (pages.y + wanted <= pages.bottom) return false
      doc.addPage()
      pages.y = MARGIN.top
      return true
    },
    element: (type, parent, options) => {
      const child = doc.struct(type, options as object)
      const { colSpan } = options ?? {}
      if (colSpan !== undefined)
        (child as unknown as OpenElement).dictionary.data.A = { O: 'Table', ColSpan: colSpan }
      parent.add(child)
      return child
    },
    inside: (element, type, draw) => {
      element.add(doc.markStructureContent(type))
      draw()
      doc.endMarkedContent()
    },
    artifact: (draw) => {
      doc.markContent('Artifact', { type: 'Layout' })
      draw()
      doc.endMarkedContent()
    },
    widthOf: (text, style) => doc.widthOfString(drawable(text, style), { features: featuresOf(style) }),
    line: (text, x, y, style) => {
      const shown = drawable(text, style)
      hasLacked ||= shown !== text
      doc.fillColor(style.color).text(shown, x, y, { lineBreak: false, features: featuresOf(style) })
    },
    doc,
    root,
    lacksSigns: () => hasLacked,
  }
  return pages
}

/** The finished file. */
export function pdfBytes({ doc, root }: PdfPages): Promise<Uint8Array<ArrayBuffer>> {
  root.end()
  const pieces: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (piece: Uint8Array) => pieces.push(piece))
    doc.on('error', reject)
    doc.on('end', () => {
      const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
      let at = 0
      for (const piece of pieces) {
        whole.set(piece, at)
        at += piece.length
      }
      resolve(whole)
    })
    doc.end()
  })
}
