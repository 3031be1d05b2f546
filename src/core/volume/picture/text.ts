import type { Color } from './color.ts'
import { fillPath, type Outline } from './fillPath.ts'
import inter from './glyphs.json' with { type: 'json' }
import type { Picture } from './picture.ts'
import { strokePath } from './strokePath.ts'

/** How text is set. */
export interface TextStyle {
  /** Height of the em square, in pixels. */
  readonly size: number
  readonly color: Color
  /** Which part of the text stands at x; its start when left out. */
  readonly align?: 'start' | 'middle' | 'end'
  /** Which height of the text stands at y; its baseline when left out. */
  readonly baseline?: 'baseline' | 'middle' | 'top'
  /** A rim around the letters, so that they can be read on any grey. */
  readonly rim?: Color
  /** Reads from bottom to top. */
  readonly upwards?: boolean
}

/** Height of a capital letter of the font, in ems. */
const CAPITAL = 0.728
const CURVE_STEPS = 6

const glyphs: Readonly<Record<string, readonly (number | string)[]>> = inter.glyphs
/** What is written for a character that the font lacks and that does not decompose. */
const STAND_IN: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=', '≈': '~', '→': '->', '←': '<-' }

/** The characters as the font has them: one it lacks is decomposed (a subscript 2 becomes 2), or `?`. */
function writable(text: string): string[] {
  return [...text].flatMap((character) => {
    if (character in glyphs) return character
    const plain = STAND_IN[character] ?? character.normalize('NFKD')
    return [...plain].map((part) => (part in glyphs ? part : '?'))
  })
}

const advanceOf = (character: string) => Number(glyphs[character]![0]) / inter.unitsPerEm

/** Width of a text in pixels when set at that size. */
export const textWidth = (text: string, size: number) =>
  writable(text).reduce((sum, character) => sum + advanceOf(character) * size, 0)

const known = new Map<string, readonly Outline[]>()

/** Outlines of one character in ems, y upwards, curves as short lines. */
function outlinesOf(character: string): readonly Outline[] {
  const before = known.get(character)
  if (before !== undefined) return before
  const words = String(glyphs[character]![1]).split(' ')
  const outlines: number[][] = []
  let open: number[] = []
  let at = 0
  const next = () => Number(words[at++]) / inter.unitsPerEm
  while (at < words.length) {
    const command = words[at++]
    const [x0, y0] = [open[open.length - 2] ?? 0, open[open.length - 1] ?? 0]
    if (command === 'M') {
      open = [next(), next()]
      outlines.push(open)
    } else if (command === 'L') {
      open.push(next(), next())
    } else if (command === 'Q') {
      const [cx, cy, x, y] = [next(), next(), next(), next()]
      for (let step = 1; step <= CURVE_STEPS; step++) {
        const t = step / CURVE_STEPS
        const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
        open.push(a * x0 + b * cx + c * x, a * y0 + b * cy + c * y)
      }
    }
  }
  known.set(character, outlines)
  return outlines
}

/** Writes one line of text into a picture. */
export function drawText(picture: Picture, text: string, x: number, y: number, style: TextStyle): void {
  const { size, align = 'start', baseline = 'baseline' } = style
  const before = { start: 0, middle: 0.5, end: 1 }[align] * textWidth(text, size)
  const below = { baseline: 0, middle: CAPITAL / 2, top: CAPITAL }[baseline] * size
  let advance = -before
  const outlines: Outline[] = []
  for (const character of writable(text)) {
    for (const outline of outlinesOf(character)) {
      const placed = new Array<number>(outline.length)
      for (let at = 0; at < outline.length; at += 2) {
        const along = advance + outline[at]! * size
        const down = below - outline[at + 1]! * size
        placed[at] = style.upwards ? x + down : x + along
        placed[at + 1] = style.upwards ? y - along : y + down
      }
      outlines.push(placed)
    }
    advance += advanceOf(character) * size
  }
  if (style.rim !== undefined) {
    const stroke = { color: style.rim, width: Math.max(2, size / 5), closed: true }
    for (const outline of outlines) strokePath(picture, outline, stroke)
  }
  fillPath(picture, outlines, style.color)
}
