import type {
  ReportDocument,
  ReportField,
  ReportSection,
  ReportTable,
} from '../../core/report/reportDocument.ts'
import { wrapped } from './wrappedText.ts'

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

function section({ heading, statements, table: levels }: ReportSection): string[] {
  return [
    heading.toUpperCase(),
    ...(levels === undefined ? [] : [...table(levels), '']),
    ...statements.flatMap(({ text }) => {
      const mark = statements.length > 1 ? LIST_MARK : ''
      return wrapped(text, WIDTH - INDENT.length - mark.length).map(
        (line, index) => INDENT + (index === 0 ? mark : ' '.repeat(mark.length)) + line,
      )
    }),
  ]
}

function table({ columns, rows }: ReportTable): string[] {
  const heads = [columns.map(({ title }) => title), columns.map(({ unit }) => unit)]
  const widths = columns.map((_, index) =>
    Math.max(...[...heads, ...rows].map((cells) => (cells[index] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    INDENT +
    cells
      .map((cell, index) =>
        columns[index]?.align === 'right'
          ? cell.padStart(widths[index] ?? 0)
          : cell.padEnd(widths[index] ?? 0),
      )
      .join('   ')
      .trimEnd()
  return [...heads.map(line), INDENT + '─'.repeat(WIDTH - INDENT.length), ...rows.map(line)].map((text) =>
    text.trimEnd(),
  )
}
