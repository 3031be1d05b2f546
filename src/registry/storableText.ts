/** Text that a database column takes: well-formed, without the control characters a damaged header can carry. */
export const storableText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, ' ')
