import type { ReportTable } from '../../../core/report/reportDocument.ts'
import { wrapped } from '../wrappedText.ts'
import type { Element, PdfPages } from './pdfPages.ts'
import { INK, TEXT, type TextStyle } from './pdfStyle.ts'
import { drawRule, setText } from './pdfText.ts'

const GAP = 12
const ROW_WHITE = 5
/** No column is narrowed below this. */
const NARROWEST = 48

/** One cell broken into the lines that fit its column. */
interface Cell {
  readonly type: 'TH' | 'TD'
  readonly lines: readonly { readonly text: string; readonly style: TextStyle }[]
  readonly x: number
  readonly width: number
  readonly align: 'left' | 'right'
  readonly scope: 'Column' | 'Row' | null
}

/** A table with its caption; its head is drawn again on every page it reaches. */
export function setTable(pages: PdfPages, parent: Element, table: ReportTable): void {
  const widths = columnWidths(pages, table)
  const head = headCells(pages, table, widths)
  const rows = table.rows.map((cells) => bodyCells(pages, table, widths, cells))
  const [first] = rows
  const least = heightOf(head) + (first === undefined ? 0 : heightOf(first))
  const element = pages.element('Table', parent)
  if (table.caption !== undefined)
    setText(pages, element, 'Caption', table.caption, TEXT.muted, { after: 3, keepWith: least })
  else pages.need(least)

  const width = widths.reduce((sum, column) => sum + column + GAP, -GAP)
  setRow(pages, element, head)
  drawRule(pages, pages.y, INK.text, { span: width })
  for (const cells of rows) {
    if (pages.need(heightOf(cells))) repeatHead(pages, head, width)
    setRow(pages, element, cells)
    drawRule(pages, pages.y, INK.line, { span: width, weight: 0.4 })
  }
  element.end()
  pages.y += 8
}

/** Widths of the columns: as wide as their texts; where that is too wide, the widest columns of text give way. */
function columnWidths(pages: PdfPages, { columns, rows }: ReportTable): number[] {
  const widths = columns.map(({ title, unit, align }, index) =>
    Math.max(
      pages.widthOf(title, TEXT.columnHead),
      pages.widthOf(unit, TEXT.muted),
      ...rows.map((row) => pages.widthOf(row[index] ?? '', bodyStyle(index, align))),
    ),
  )
  const room = pages.width - GAP * (columns.length - 1)
  let excess = widths.reduce((sum, width) => sum + width, 0) - room
  while (excess > 0.01) {
    const widest = widths.indexOf(Math.max(...widths))
    const second = Math.max(NARROWEST, ...widths.filter((_, index) => index !== widest))
    const cut = Math.min(excess, Math.max(1, (widths[widest] ?? 0) - second))
    widths[widest] = (widths[widest] ?? 0) - cut
    excess -= cut
  }
  return widths
}

const bodyStyle = (column: number, align: 'left' | 'right'): TextStyle =>
  column === 0 ? TEXT.strong : align === 'right' ? TEXT.figures : TEXT.body

const startOf = (pages: PdfPages, widths: readonly number[], column: number) =>
  pages.left + widths.slice(0, column).reduce((sum, width) => sum + width + GAP, 0)

function headCells(pages: PdfPages, { columns }: ReportTable, widths: readonly number[]): Cell[] {
  return columns.map(({ title, unit, align }, index) => {
    const width = widths[index] ?? 0
    return {
      type: 'TH',
      lines: [
        ...linesOf(pages, title, TEXT.columnHead, width),
        ...(unit === '' ? [] : linesOf(pages, unit, TEXT.muted, width)),
      ],
      x: startOf(pages, widths, index),
      width,
      align,
      scope: 'Column',
    }
  })
}

function bodyCells(
  pages: PdfPages,
  { columns }: ReportTable,
  widths: readonly number[],
  cells: readonly string[],
): Cell[] {
  return columns.map(({ align }, index) => ({
    type: index === 0 ? 'TH' : 'TD',
    lines: linesOf(pages, cells[index] ?? '', bodyStyle(index, align), widths[index] ?? 0),
    x: startOf(pages, widths, index),
    width: widths[index] ?? 0,
    align,
    scope: index === 0 ? 'Row' : null,
  }))
}

const linesOf = (pages: PdfPages, text: string, style: TextStyle, width: number) =>
  wrapped(text, width + 0.01, (piece) => pages.widthOf(piece, style)).map((line) => ({ text: line, style }))

const heightOf = (cells: readonly Cell[]) =>
  Math.max(...cells.map(({ lines }) => lines.reduce((sum, { style }) => sum + style.leading, 0))) + ROW_WHITE

function setRow(pages: PdfPages, table: Element, cells: readonly Cell[]): void {
  const row = pages.element('TR', table)
  for (const cell of cells) {
    const element = pages.element(cell.type, row, cell.scope === null ? undefined : { scope: cell.scope })
    pages.inside(element, cell.type, () => drawCell(pages, cell))
    element.end()
  }
  row.end()
  pages.y += heightOf(cells)
}

/** The head on a further page helps the eye; in the structure it stands once. */
function repeatHead(pages: PdfPages, head: readonly Cell[], width: number): void {
  pages.artifact(() => {
    for (const cell of head) drawCell(pages, cell)
  })
  pages.y += heightOf(head)
  drawRule(pages, pages.y, INK.text, { span: width })
}

function drawCell(pages: PdfPages, { lines, x, width, align }: Cell): void {
  let y = pages.y + ROW_WHITE / 2
  for (const { text, style } of lines) {
    const free = align === 'right' ? width - pages.widthOf(text, style) : 0
    pages.line(text, x + free, y, style)
    y += style.leading
  }
}
