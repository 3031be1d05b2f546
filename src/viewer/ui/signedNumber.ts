/** A number with a true minus sign; with `isPlus` also with its plus sign. What rounds to zero has no sign. */
export function signedNumber(value: number, decimals: number, isPlus = false): string {
  const text = Math.abs(value).toFixed(decimals)
  if (Number(text) === 0) return text
  return `${value < 0 ? '−' : isPlus ? '+' : ''}${text}`
}
