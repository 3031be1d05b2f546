import { phrase } from '../core/words/words.ts'

/** The page shown in place of a viewer that was not built. */
export function missingViewerPage(folder: string): string {
  const text = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const title = text(phrase('server.page.title'))
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text(phrase('server.page.text', { folder }))}</p></main></body>
</html>
`
}
