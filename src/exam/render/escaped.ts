import { printable } from './wrappedText.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * A text as content or attribute of HTML and XML: its signs of markup as entities, control characters as blanks.
 * @see Extensible Markup Language (XML) 1.0, 2.2 and 2.4
 */
export const escaped = (text: string) =>
  printable(text).replace(/[&<>"'\ufffe\uffff]/g, (sign) => ENTITIES[sign] ?? ' ')
