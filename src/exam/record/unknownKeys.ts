/**
 * The keys of a JSON document that its schema dropped, as paths. A misspelt `heigthCm` must not vanish in silence.
 */
export function unknownKeys(json: unknown, parsed: unknown, path = ''): string[] {
  if (Array.isArray(json) && Array.isArray(parsed))
    return json.flatMap((item, index) => unknownKeys(item, parsed[index], `${path}[${index}]`))
  if (!isObject(json) || !isObject(parsed)) return []
  return Object.keys(json).flatMap((key) => {
    const here = path === '' ? key : `${path}.${key}`
    return key in parsed ? unknownKeys(json[key], parsed[key], here) : [here]
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
