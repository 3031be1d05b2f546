import { type Color, PALETTE } from '../../core/volume/picture/color.ts'
import { createPicture, type Picture, placePicture } from '../../core/volume/picture/picture.ts'
import { drawText, textWidth } from '../../core/volume/picture/text.ts'
import { phrase } from '../../core/words/words.ts'

/** One picture of a figure and where its top left corner lies, from the top left of the figure's body. */
export interface Pane {
  readonly picture: Picture
  readonly x: number
  readonly y: number
}

/** A piece of the title line: what matters is bright, its unit and doubt are muted. */
export interface TitlePart {
  readonly text: string
  readonly isMuted?: boolean
}

/** Gap between panes and around them, in pixels. */
export const FIGURE_GAP = 8
const TITLE_HEIGHT = 40
const FOOTER_HEIGHT = 26
const TITLE_SIZE = 17
const FOOTER_SIZE = 12

/** Panes under a title line, with the research-use line below, as every exported picture carries it. */
export function framedFigure(title: readonly TitlePart[], panes: readonly Pane[], footer: string): Picture {
  const width = Math.max(...panes.map(({ picture, x }) => x + picture.width)) + 2 * FIGURE_GAP
  const height = Math.max(...panes.map(({ picture, y }) => y + picture.height)) + TITLE_HEIGHT + FOOTER_HEIGHT
  const figure = createPicture(width, height, PALETTE.panel)
  for (const { picture, x, y } of panes) placePicture(figure, picture, FIGURE_GAP + x, TITLE_HEIGHT + y)

  let at = FIGURE_GAP + 2
  for (const { text, isMuted } of title) {
    drawLine(figure, text, at, TITLE_HEIGHT / 2, TITLE_SIZE, isMuted ? PALETTE.muted : PALETTE.text)
    at += textWidth(text, TITLE_SIZE)
  }
  const middle = height - FOOTER_HEIGHT / 2
  drawLine(figure, phrase('warning.RESEARCH_USE'), FIGURE_GAP + 2, middle, FOOTER_SIZE, PALETTE.muted)
  const from = width - FIGURE_GAP - 2 - textWidth(footer, FOOTER_SIZE)
  drawLine(figure, footer, from, middle, FOOTER_SIZE, PALETTE.muted)
  return figure
}

const drawLine = (figure: Picture, text: string, x: number, y: number, size: number, color: Color) =>
  drawText(figure, text, x, y, { size, color, baseline: 'middle' })
