/** A blank at which a line is never broken. */
const TIE = '\u00a0'
/** The blank between a number and its unit or its doubt. */
const UNBREAKABLE = /(?<=\d) (?=[%±°]|mg\/cm³|(mm|cm|kg|HU|kVp|mAs|y)\b)|(?<=±) (?=\d)/g

/**
 * A text broken at blanks into lines of at most `width` characters; a longer word is broken inside. Control
 * characters, which file headers may smuggle in, become blanks. An empty text gives one empty line.
 */
export function wrapped(text: string, width: number): string[] {
  const words = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(UNBREAKABLE, TIE)
    .split(' ')
    .flatMap((word) => pieces(word, width))
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line === '') line = word
    else if (line.length + 1 + word.length <= width) line = `${line} ${word}`
    else {
      lines.push(line.trimEnd())
      line = word
    }
  }
  lines.push(line.trimEnd())
  return lines.map((text) => text.replaceAll(TIE, ' '))
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = []
  for (let at = 0; at < word.length; at += width) parts.push(word.slice(at, at + width))
  return parts.length === 0 ? [''] : parts
}
