/** The page gives the paper and its edge; the document's own sheet of paper would be a second one inside it. */
const IN_PAGE =
  'body { margin: 0; padding: 0; background: none } main { margin: 0; border: 0; max-width: none }'

/**
 * Shows an HTML document inside an element without its style or anything else reaching the page, or the other way.
 *
 * The page's policy allows no inline style, so the document's is taken over as a constructed sheet. The text comes
 * from our own renderer, which escapes every value; scripts would not run here in any case.
 *
 * @see W3C CSSOM, constructable style sheets: not subject to style-src
 */
export function showDocument(host: HTMLElement, html: string): void {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  // Taken out before parsing: even a document that is only parsed has its style blocked, and complained of.
  const styles: string[] = []
  const bare = html.replaceAll(/<style>([\s\S]*?)<\/style>/g, (_, css: string) => {
    styles.push(css)
    return ''
  })
  const parsed = new DOMParser().parseFromString(bare, 'text/html')
  const sheet = new CSSStyleSheet()
  const css = [...styles, IN_PAGE].join('\n')
  // What a document says of its root holds for the host here.
  sheet.replaceSync(css.replaceAll(/(^|[\s,}])(?::root|html|body)(?=[\s,{.:])/g, '$1.paper-body'))
  shadow.adoptedStyleSheets = [sheet]
  const body = document.createElement('div')
  body.className = 'paper-body'
  for (const node of [...parsed.body.childNodes]) {
    if (node instanceof HTMLElement && node.tagName === 'SCRIPT') continue
    body.append(document.importNode(node, true))
  }
  // The page has its main part; that of the document is a part of it here.
  body.querySelector('main')?.setAttribute('role', 'none')
  shadow.replaceChildren(body)
}
