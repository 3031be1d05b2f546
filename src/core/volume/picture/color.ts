/** A colour as seen on screen (sRGB, 0 to 255) with its opacity from 0 to 1. */
export interface Color {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly opacity: number
}

/** Reads a colour from `#rrggbb`. */
export function color(hex: string, opacity = 1): Color {
  const bits = Number.parseInt(hex.slice(1), 16)
  return { red: (bits >> 16) & 255, green: (bits >> 8) & 255, blue: bits & 255, opacity }
}

/** The same colour with another opacity. */
export const withOpacity = (from: Color, opacity: number): Color => ({ ...from, opacity })

/**
 * The colours of the product, on screen and in pictures. Anatomy takes the Okabe–Ito set, which colour-blind eyes
 * tell apart.
 * @see Okabe M, Ito K. Color Universal Design (2008). https://jfly.uni-koeln.de/color/
 */
export const PALETTE = {
  background: color('#0b0d10'),
  panel: color('#12161b'),
  line: color('#242b33'),
  text: color('#e8ebef'),
  muted: color('#93a0ad'),
  selection: color('#5cc8ff'),
  vertebra: color('#E69F00'),
  rods: color('#7fd67f'),
  tissue: color('#b9a6ff'),
  doubt: color('#f2b134'),
  refusal: color('#ff6b5e'),
} as const
