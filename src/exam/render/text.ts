import type {
  ReportDocument,
  ReportField,
  ReportSection,
  ReportTable,
} from '../../core/report/reportDocument.ts'
import { phrase } from '../../core/words/words.ts'
import { paragraphs, wrapped } from './wrappedText.ts'

/** Columns of the text report: fits a terminal of 100 and a printed page of 10 pt. */
const WIDTH = 92
const INDENT = '  '
const LIST_MARK = '– '

/** The report as plain text of at most 92 columns: `report.txt` and `results.report.text` of the record. */
export function reportText(report: ReportDocument): string {
  const blocks = [
    masthead(report),
    fields(report.header),
    ...report.sections.map(section),
    ['─'.repeat(WIDTH), ...report.footer.flatMap(({ text }) => wrapped(text, WIDTH))],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function masthead({ title, product }: ReportDocument): string[] {
  return [title.toUpperCase() + product.padStart(WIDTH - title.length), '═'.repeat(WIDTH)]
}

function fields(header: readonly ReportField[]): string[] {
  const nameWidth = Math.max(...header.map(({ name }) => name.length)) + 3
  return header.flatMap(({ name, value }) =>
    wrapped(value, WIDTH - nameWidth).map(
      (line, index) => `${(index === 0 ? name : '').padEnd(nameWidth)}${line}`,
    ),
  )
}

function section({ heading, lead, statements, table: levels, figures = [] }: ReportSection): string[] {
  return [
    heading.toUpperCase(),
    ...(lead === undefined
      ? []
      : [...wrapped(lead.text, WIDTH - INDENT.length).map((line) => INDENT + line), '']),
    ...(levels === undefined ? [] : [...table(levels), '']),
    ...statements.flatMap(({ text, author }) => {
      const mark = statements.length > 1 ? LIST_MARK : ''
      const said = author === undefined ? text : `${phrase('report.author.reader')} ${text}`
      const width = WIDTH - INDENT.length - mark.length
      return paragraphs(said)
        .flatMap((paragraph) => wrapped(paragraph, width))
        .map((line, index) => INDENT + (index === 0 ? mark : ' '.repeat(mark.length)) + line)
    }),
    ...figures.flatMap(({ name, caption }) =>
      wrapped(`${name}: ${caption}`, WIDTH - 2 * INDENT.length).map(
        (line, index) => INDENT + (index === 0 ? '' : INDENT) + line,
      ),
    ),
  ]
}

/** Least width to which a column of text is narrowed. */
const NARROWEST = 12
const GAP = '   '

/** Widths of the columns; where they do not fit the page, the widest column of text is narrowed and its cells wrap. */
function columnWidths({ columns, rows }: ReportTable): number[] {
  const cells = [columns.map(({ title }) => title), columns.map(({ unit }) => unit), ...rows]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)))
  const total =
    INDENT.length + widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1)
  const texts = columns.flatMap(({ align }, index) => (align === 'left' ? [index] : []))
  const widest = texts.sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
  if (total > WIDTH && widest !== undefined)
    widths[widest] = Math.max(NARROWEST, (widths[widest] ?? 0) - (total - WIDTH))
  return widths
}

function table(content: ReportTable): string[] {
  const { columns, rows } = content
  const widths = columnWidths(content)
  const row = (cells: readonly string[]) => {
    const parts = widths.map((width, index) => wrapped(cells[index] ?? '', width))
    const lines = Math.max(...parts.map(({ length }) => length))
    return Array.from({ length: lines }, (_, line) => {
      const texts = parts.map((part, index) => {
        const text = part[line] ?? ''
        return columns[index]?.align === 'right'
          ? text.padStart(widths[index] ?? 0)
          : text.padEnd(widths[index] ?? 0)
      })
      return (INDENT + texts.join(GAP)).trimEnd()
    })
  }
  return [
    ...row(columns.map(({ title }) => title)),
    ...row(columns.map(({ unit }) => unit)),
    INDENT + '─'.repeat(WIDTH - INDENT.length),
    ...rows.flatMap(row),
  ]
}
