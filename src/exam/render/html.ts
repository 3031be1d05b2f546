import type {
  ReportDocument,
  ReportFigure,
  ReportSection,
  ReportStatement,
  ReportTable,
} from '../../core/report/reportDocument.ts'
import { phrase } from '../../core/words/words.ts'
import { escaped } from './escaped.ts'
import { HTML_STYLE } from './htmlStyle.ts'
import { paragraphs } from './wrappedText.ts'

/** The pictures of a report by file name. In the place of one that is not there the report says so. */
export type ReportPictures = ReadonlyMap<string, Uint8Array>

/**
 * The report as one HTML file that needs nothing else: style and pictures inside, no script, nothing fetched. Every
 * text is escaped; the rule behind a statement stands in its `data-rule` and as its title.
 */
export function reportHtml(report: ReportDocument, pictures: ReportPictures): string {
  const title = `${report.title} – ${report.identity}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<header>
<div class="masthead"><h1>${escaped(report.title)}</h1><p class="product">${escaped(report.product)}</p></div>
<dl>
${report.header.map(({ name, value, rule, isWide }) => `<div${isWide === true ? ' class="own"' : ''} data-rule="${escaped(rule)}"><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('\n')}
</dl>
</header>
${report.sections.map(sectionHtml).join('\n')}
${figuresHtml(report, pictures)}
</main>
<footer>
${report.footer.map(statement).join('\n')}
<p>${escaped(report.identity)}</p>
</footer>
</body>
</html>
`
}

function sectionHtml({ id, heading, lead, table, statements }: ReportSection): string {
  return [
    `<section id="${id}" aria-labelledby="${id}-heading">`,
    `<h2 id="${id}-heading">${escaped(heading)}</h2>`,
    ...(lead === undefined ? [] : [statement(lead)]),
    ...(table === undefined ? [] : [tableHtml(table)]),
    ...statements.map(statement),
    '</section>',
  ].join('\n')
}

/** The pictures stand after the text, so that findings and impression are read together. */
function figuresHtml({ sections }: ReportDocument, pictures: ReportPictures): string {
  const figures = sections.flatMap(({ figures = [] }) => figures)
  if (figures.length === 0) return ''
  return [
    '<section id="figures" aria-labelledby="figures-heading">',
    `<h2 id="figures-heading">${escaped(phrase('report.figure.heading'))}</h2>`,
    `<div class="figures">${figures.map((figure) => figureHtml(figure, pictures.get(figure.name))).join('\n')}</div>`,
    '</section>',
  ].join('\n')
}

function statement({ text, rule, author }: ReportStatement): string {
  const by =
    author === undefined ? '' : `<span class="author">${escaped(phrase('report.author.reader'))}</span> `
  return `<p data-rule="${escaped(rule)}" title="${escaped(rule)}">${by}${paragraphs(text).map(escaped).join('\n')}</p>`
}

function tableHtml({ caption, columns, rows, rule }: ReportTable): string {
  const head = columns.map(({ title, unit, align }) => {
    const suffix = unit === '' ? '' : ` <span class="unit">${escaped(unit)}</span>`
    return title === '' && unit === ''
      ? '<td></td>'
      : `<th scope="col" class="${align}">${escaped(title)}${suffix}</th>`
  })
  const body = rows.map((cells) => {
    const row = cells.map((cell, index) =>
      index === 0
        ? `<th scope="row">${escaped(cell)}</th>`
        : `<td class="${columns[index]?.align ?? 'left'}">${escaped(cell)}</td>`,
    )
    return `<tr>${row.join('')}</tr>`
  })
  return [
    `<div class="wide"><table data-rule="${escaped(rule)}">`,
    ...(caption === undefined ? [] : [`<caption>${escaped(caption)}</caption>`]),
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('')}</tbody>`,
    '</table></div>',
  ].join('\n')
}

function figureHtml({ caption, alt, rule }: ReportFigure, png: Uint8Array | undefined): string {
  if (png === undefined) return `<p>${escaped(phrase('report.pdf.pictureMissing', { caption }))}</p>`
  return `<figure data-rule="${escaped(rule)}"><img src="data:image/png;base64,${base64(png)}" alt="${escaped(alt)}"><figcaption>${escaped(caption)}</figcaption></figure>`
}

/** Bytes to base64 in pieces: one call with all of them would overflow the stack. */
function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += 8192)
    binary += String.fromCharCode(...bytes.subarray(from, from + 8192))
  return btoa(binary)
}
