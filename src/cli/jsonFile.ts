import { readFileSync, statSync } from 'node:fs'
import { QctError } from '../core/errors.ts'

/** A hand-written JSON file is far smaller; anything larger is the wrong file. */
const LARGEST_BYTES = 4 * 2 ** 20

/**
 * The JSON of a file that an option names.
 *
 * @param what - What the file is, for the message: `ROI`, `patient`, `parameter`.
 * @throws {QctError} `INPUT_NOT_READABLE`, `JSON_INVALID`.
 */
export function readJsonFile(path: string, what: string): unknown {
  let text: string
  try {
    if (statSync(path).size > LARGEST_BYTES) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as { code?: unknown }).code
    const reason = `${what} file: ${READ_REASONS[String(code)] ?? String(code)}`
    throw new QctError('INPUT_NOT_READABLE', { reason }, { cause })
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new QctError('JSON_INVALID', { file: what, problem: placeOf(cause) }, { cause })
  }
}

const READ_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'no permission',
  EISDIR: 'it is a folder',
  EFBIG: 'it is larger than 4 MiB',
}

/** Where JSON.parse stopped; its own message repeats the text, which may hold what is the patient's. */
const placeOf = (cause: unknown) =>
  /at position \d+( \(line \d+ column \d+\))?/.exec(String(cause))?.[0] ??
  'it is cut off, or a sign is out of place'
