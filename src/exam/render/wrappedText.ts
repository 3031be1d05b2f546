/** A blank at which a line is never broken. */
const TIE = '\u00a0'
/** The blank between a number and its unit or its doubt. */
const UNBREAKABLE = /(?<=\d) (?=[%±°]|mg\/cm³|(mm|cm|kg|HU|kVp|mAs|mGy|y)\b)|(?<=±) (?=\d)/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]+/g

/** A text without the control characters, those of writing direction among them, that file headers may smuggle in. */
export const printable = (text: string) => text.replace(CONTROL, ' ')

/** The paragraphs of a text that a person typed, with line ends between them. */
export const paragraphs = (text: string) => text.trim().split(/\r?\n/)

/**
 * A text broken at blanks into lines of at most `width`; a longer word is broken inside. Control characters become
 * blanks. An empty text gives one empty line.
 *
 * @param measure - How wide a piece of text is, in the unit of `width`; its length in characters when left out.
 */
export function wrapped(
  text: string,
  width: number,
  measure: (piece: string) => number = (piece) => piece.length,
): string[] {
  const words = printable(text)
    .replace(UNBREAKABLE, TIE)
    .split(' ')
    .flatMap((word) => pieces(word, width, measure))
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || measure(untied(longer)) <= width) line = longer
    else {
      lines.push(line.trimEnd())
      line = word
    }
  }
  lines.push(line.trimEnd())
  return lines.map(untied)
}

const untied = (text: string) => text.replaceAll(TIE, ' ')

/** A word in pieces that fit the width, each at least one character. */
function pieces(word: string, width: number, measure: (piece: string) => number): string[] {
  if (measure(untied(word)) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const sign of word) {
    if (part !== '' && measure(untied(part + sign)) > width) {
      parts.push(part)
      part = ''
    }
    part += sign
  }
  return [...parts, part]
}
