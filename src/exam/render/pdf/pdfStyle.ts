/** Sizes in points (1/72 inch). The text block fits A4 and US Letter with margins that a printer keeps. */
export const PAPER = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
} as const

/** White around the text block. The bottom holds the page's footer. */
export const MARGIN = { left: 54, right: 54, top: 48, bottom: 66 }

/** Colours of a document on paper: contrast of every one on white is at least 4.5. */
export const INK = { text: '#1b2229', muted: '#56616c', line: '#c9d1d8', accent: '#b06a00' }

/** A way to set text. */
export interface TextStyle {
  readonly font: 'regular' | 'semibold'
  readonly size: number
  /** Distance of two lines of text. */
  readonly leading: number
  readonly color: string
  /** Whether figures stand in line under each other. */
  readonly isTabular?: true
}

/** The ways in which the report sets text. */
export const TEXT = {
  title: { font: 'semibold', size: 17, leading: 21, color: INK.text },
  heading: { font: 'semibold', size: 11, leading: 14, color: INK.text },
  body: { font: 'regular', size: 9.5, leading: 13, color: INK.text },
  figures: { font: 'regular', size: 9.5, leading: 13, color: INK.text, isTabular: true },
  strong: { font: 'semibold', size: 9.5, leading: 13, color: INK.text },
  impression: { font: 'regular', size: 10.5, leading: 14.5, color: INK.text },
  muted: { font: 'regular', size: 8.5, leading: 11.5, color: INK.muted },
  columnHead: { font: 'semibold', size: 8.5, leading: 11.5, color: INK.text },
  footer: { font: 'regular', size: 7.5, leading: 10, color: INK.muted },
} as const satisfies Record<string, TextStyle>
