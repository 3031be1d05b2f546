/** A scale bar: its length in the patient and on the screen. */
export interface ScaleBar {
  readonly lengthMm: number
  readonly pixels: number
  readonly label: string
}

/** The longest of 1, 2, 5 · 10ⁿ mm that takes at most `share` of the picture's width. */
export function scaleBar(mmPerPixel: number, widthPixels: number, share = 0.25): ScaleBar {
  const longest = mmPerPixel * widthPixels * share
  const decade = 10 ** Math.floor(Math.log10(longest))
  const lengthMm = [5, 2, 1].map((step) => step * decade).find((length) => length <= longest) ?? decade
  const label = lengthMm >= 10 ? `${lengthMm / 10} cm` : `${Number(lengthMm.toPrecision(1))} mm`
  return { lengthMm, pixels: lengthMm / mmPerPixel, label }
}
