import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
// @ts-expect-error opentype.js ships no types; what is used of it is typed below.
import opentype from 'opentype.js'

interface PathCommand {
  readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z'
  readonly x: number
  readonly y: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}
interface Glyph {
  readonly index: number
  readonly advanceWidth: number
  readonly path: { readonly commands: readonly PathCommand[] }
}
interface Font {
  readonly unitsPerEm: number
  charToGlyph(character: string): Glyph
}

const FONT_FILES = [
  import.meta.resolve('@fontsource/inter/files/inter-latin-500-normal.woff'),
  import.meta.resolve('@fontsource/inter/files/inter-latin-ext-500-normal.woff'),
  import.meta.resolve('@fontsource/inter/files/inter-greek-500-normal.woff'),
]
const CHARACTERS = [
  ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)),
  ...Array.from({ length: 96 }, (_, at) => String.fromCharCode(160 + at)),
  ...'–—−…‘’“”•→←↑↓αβγδμρσΔ',
]
/** Units of the outlines in `glyphs.json` per em: fine enough for any picture, and short numbers. */
const UNITS_PER_EM = 1000

/** Outlines and advances of the characters that pictures write, from the Inter font, weight 500. */
export function glyphs(): object {
  const fonts = FONT_FILES.map((url): Font => {
    const bytes = readFileSync(fileURLToPath(url))
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  })
  const found: Record<string, [number, string]> = {}
  for (const character of CHARACTERS) {
    for (const font of fonts) {
      const glyph = font.charToGlyph(character)
      if (glyph.index === 0) continue
      const n = (value: number) => Math.round((value * UNITS_PER_EM) / font.unitsPerEm)
      const outline = glyph.path.commands.map((c) => {
        const end = c.type === 'Z' ? [] : [n(c.x), n(c.y)]
        if (c.type === 'Q') return ['Q', n(c.x1), n(c.y1), ...end].join(' ')
        if (c.type === 'C') return ['C', n(c.x1), n(c.y1), n(c.x2), n(c.y2), ...end].join(' ')
        return [c.type, ...end].join(' ')
      })
      found[character] = [n(glyph.advanceWidth), outline.join(' ')]
      break
    }
  }
  // The font's files lack low digits: they are the figures at 60 %, let down below the line.
  for (let digit = 0; digit < 10; digit++) {
    const [advance, outline] = found[String(digit)]!
    let isX = false
    const low = outline.replace(/-?\d+/g, (value) => {
      isX = !isX
      return String(Math.round(Number(value) * 0.6 - (isX ? 0 : 140)))
    })
    found[String.fromCharCode(0x2080 + digit)] = [Math.round(advance * 0.6), low]
  }
  return { font: 'Inter, weight 500, SIL Open Font License 1.1', unitsPerEm: UNITS_PER_EM, glyphs: found }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const target = new URL('../../../../src/core/volume/picture/glyphs.json', import.meta.url)
  writeFileSync(target, `${JSON.stringify(glyphs())}\n`)
}
