import { QctError } from '../../core/errors.ts'

/** A hand-written JSON file is far smaller; anything larger is the wrong file. */
export const LARGEST_JSON_BYTES = 4 * 2 ** 20

/**
 * The JSON of a text, with or without a byte order mark.
 *
 * @param what - What the text is, for the message: `ROI`, `patient`, `policy`.
 * @throws {QctError} `JSON_INVALID`
 */
export function parseJsonText(text: string, what: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new QctError('JSON_INVALID', { file: what, problem: placeOf(cause) }, { cause })
  }
}

/** Where JSON.parse stopped; its own message repeats the text, which may hold what is the patient's. */
const placeOf = (cause: unknown) =>
  /at position \d+( \(line \d+ column \d+\))?/.exec(String(cause))?.[0] ??
  'it is cut off, or a sign is out of place'
