import en from './en.json' with { type: 'json' }

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Leaves<T[K], `${Prefix}${K}.`>
}[keyof T & string]

/** The path of one phrase in `en.json`, for example `report.heading.findings`. */
export type WordKey = Leaves<typeof en>

/** Formats one parameter: whole numbers as they are, others to at most two decimals, lists with commas. */
function inWords(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(2)))
  if (Array.isArray(value)) return value.map(inWords).join(', ')
  return String(value)
}

/**
 * The phrase of a key with its `{parameters}` filled in.
 *
 * The catalogue is the only home of words that reach a person, so wording is reviewed in one place. An unknown
 * key gives the key itself: a message without words is better than a second failure while reporting the first.
 */
export function phrase(key: WordKey, parameters: Readonly<Record<string, unknown>> = {}): string {
  let node: unknown = en
  for (const part of key.split('.')) node = (node as Record<string, unknown> | undefined)?.[part]
  if (typeof node !== 'string') return key
  return node.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in parameters ? inWords(parameters[name]) : whole,
  )
}
