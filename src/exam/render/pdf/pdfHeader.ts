import type { ReportDocument, ReportField } from '../../../core/report/reportDocument.ts'
import { wrapped } from '../wrappedText.ts'
import type { Element, PdfPages } from './pdfPages.ts'
import { INK, TEXT } from './pdfStyle.ts'
import { drawRule, setText } from './pdfText.ts'

const NAME_WIDTH = 72
const COLUMN_GAP = 18
const ROW_WHITE = 2

/** Title and product, then the named values of the head in two columns. */
export function setHeader(pages: PdfPages, { title, product, header }: ReportDocument): void {
  const top = pages.y
  setText(pages, pages.root, 'H1', title, TEXT.title)
  const bottom = pages.y
  const from = pages.width - pages.widthOf(product, TEXT.muted)
  pages.y = top + TEXT.title.leading - TEXT.muted.leading - 2
  setText(pages, pages.root, 'P', product, TEXT.muted, { indent: from, width: pages.width })
  drawRule(pages, bottom + 3, INK.text, { weight: 1 })
  pages.y = bottom + 11

  const table = pages.element('Table', pages.root)
  const rows = rowsOf(header)
  const columns = 2 * Math.max(...rows.map(({ length }) => length))
  for (const row of rows)
    setRow(
      pages,
      table,
      row.map((field, column) => measured(pages, field, column)),
      columns,
    )
  table.end()
  pages.y += 12
}

/** Fields by two, those that need it in a row of their own. */
function rowsOf(header: readonly ReportField[]): ReportField[][] {
  const rows: ReportField[][] = []
  for (const field of header) {
    const last = rows.at(-1)
    const isOpen = last?.length === 1 && last[0]?.isWide !== true
    if (isOpen && field.isWide !== true) last.push(field)
    else rows.push([field])
  }
  return rows
}

interface MeasuredField {
  readonly name: string
  readonly lines: readonly string[]
  readonly x: number
}

function measured(pages: PdfPages, { name, value, isWide }: ReportField, column: number): MeasuredField {
  const half = (pages.width - COLUMN_GAP) / 2
  const width = isWide === true ? pages.width : half
  return {
    name,
    lines: wrapped(value, width - NAME_WIDTH, (piece) => pages.widthOf(piece, TEXT.body)),
    x: pages.left + column * (half + COLUMN_GAP),
  }
}

/** One row of the head: names with their values. The last value reaches over the columns that are left. */
function setRow(pages: PdfPages, table: Element, fields: readonly MeasuredField[], columns: number): void {
  const height = Math.max(...fields.map(({ lines }) => lines.length)) * TEXT.body.leading
  pages.need(height)
  const row = pages.element('TR', table)
  const left = columns - 2 * fields.length
  for (const [column, { name, lines, x }] of fields.entries()) {
    const head = pages.element('TH', row, { scope: 'Row' })
    pages.inside(head, 'TH', () => pages.line(name, x, pages.y + 0.8, TEXT.muted))
    head.end()
    const isLast = column === fields.length - 1
    const cell = pages.element('TD', row, isLast && left > 0 ? { colSpan: left + 1 } : undefined)
    pages.inside(cell, 'TD', () => {
      for (const [index, line] of lines.entries())
        pages.line(line, x + NAME_WIDTH, pages.y + index * TEXT.body.leading, TEXT.body)
    })
    cell.end()
  }
  row.end()
  pages.y += height + ROW_WHITE
}
