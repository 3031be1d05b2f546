/** A number with a true minus sign; with `isPlus` also with its plus sign. */
export const signedNumber = (value: number, decimals: number, isPlus = false): string =>
  `${isPlus && value > 0 ? '+' : ''}${value.toFixed(decimals).replace('-', '−')}`
