import { QctError } from '../../core/errors.ts'

/**
 * One text for one value, whatever order its keys came in: keys sorted, no blanks, numbers as ECMAScript prints them.
 * What has no JSON form (NaN, infinities, functions) is refused, so that a hash never covers less than the value.
 *
 * @throws {QctError} `RECORD_NOT_CANONICAL`.
 * @see RFC 8785, JSON Canonicalization Scheme
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new QctError('RECORD_NOT_CANONICAL', { problem: 'a number is not finite' })
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1)) // UTF-16 code units, as RFC 8785 3.2.3 wants it
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  throw new QctError('RECORD_NOT_CANONICAL', { problem: `a ${typeof value} has no JSON form` })
}

/** SHA-256 of a value's canonical JSON, in lower-case hexadecimal. */
export async function canonicalSha256(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(value)))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
