/** One cell: a text, a number with all its digits, or nothing. */
export type CsvCell = string | number | null

/**
 * Rows as CSV after RFC 4180: commas, CRLF, quotes where needed, a header row first.
 *
 * A text that a spreadsheet would run as a formula (it begins with = + - @, tab or return) gets an apostrophe before
 * it; numbers are never touched, so −5 stays a number.
 *
 * @see OWASP, CSV Injection
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
