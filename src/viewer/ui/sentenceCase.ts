/** Words at the beginning of a sentence. */
export const sentenceCase = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
