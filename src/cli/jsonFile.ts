import { readFileSync, statSync } from 'node:fs'
import { QctError } from '../core/errors.ts'
import { LARGEST_JSON_BYTES, parseJsonText } from '../exam/record/jsonText.ts'

/**
 * The JSON of a file that an option names.
 *
 * @param what - What the file is, for the message: `ROI`, `patient`, `parameter`.
 * @throws {QctError} `INPUT_NOT_READABLE`, `JSON_INVALID`.
 */
export function readJsonFile(path: string, what: string): unknown {
  let text: string
  try {
    if (statSync(path).size > LARGEST_JSON_BYTES)
      throw Object.assign(new Error('too large'), { code: 'EFBIG' })
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as { code?: unknown }).code
    const reason = `${what} file: ${READ_REASONS[String(code)] ?? String(code)}`
    throw new QctError('INPUT_NOT_READABLE', { reason }, { cause })
  }
  return parseJsonText(text, what)
}

const READ_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'no permission',
  EISDIR: 'it is a folder',
  EFBIG: 'it is larger than 4 MiB',
}
