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
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const sheet = new CSSStyleSheet()
  const css = [...parsed.querySelectorAll('style')].map(({ textContent }) => textContent ?? '').join('\n')
  // What a document says of its root holds for the host here.
  sheet.replaceSync(css.replaceAll(/(^|[\s,}])(?::root|html|body)(?=[\s,{.:])/g, '$1.paper-body'))
  shadow.adoptedStyleSheets = [sheet]
  const body = document.createElement('div')
  body.className = 'paper-body'
  for (const node of [...parsed.body.childNodes]) {
    if (node instanceof HTMLElement && ['SCRIPT', 'STYLE'].includes(node.tagName)) continue
    body.append(document.importNode(node, true))
  }
  shadow.replaceChildren(body)
}
