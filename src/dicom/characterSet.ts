import { type Attributes, bytesOf, textsOf, withoutPadding } from './attributes.ts'
import { TAG } from './tags.ts'

/**
 * Encoding labels of the WHATWG Encoding Standard for the character sets of PS3.3 C.12.1.1.2. Terms with code
 * extensions (`ISO 2022 IR n`) and without (`ISO_IR n`) meet on their number.
 */
const ENCODING_OF_TERM: Readonly<Record<string, string>> = {
  '6': 'windows-1252',
  '100': 'windows-1252',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'windows-1254',
  '203': 'iso-8859-15',
  '13': 'shift_jis',
  '166': 'windows-874',
  '87': 'iso-2022-jp',
  '159': 'iso-2022-jp',
  '149': 'euc-kr',
  '58': 'gbk',
  '192': 'utf-8',
}

const ESC = '\x1b'
/** Escape sequences that only announce a set of two-byte characters with the high bit set. */
const KOREAN = `${ESC}$)C`
const CHINESE = `${ESC}$)A`
/** Escape sequences of the Japanese sets that ISO-2022-JP knows. */
const JAPANESE = [`${ESC}$B`, `${ESC}$@`, `${ESC}(J`]
/** Any escape sequence of PS3.3 C.12.1.1.2. */
const ANY_ESCAPE = new RegExp(`${ESC}\\$?[()-]?[@-~]`, 'g')

function encodingOf(term: string): string {
  if (term === 'GB18030' || term === 'GBK') return term.toLowerCase()
  return ENCODING_OF_TERM[/(\d+)$/.exec(term)?.[1] ?? '6'] ?? 'windows-1252'
}

const asLatin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/**
 * The value of a text element in the character set of its data set, without padding; empty when absent.
 *
 * Bytes that the declared set does not know become U+FFFD, so a name is never silently another name.
 * @see DICOM PS3.3 C.12.1.1.2, PS3.5 6.1.2
 */
export function namedTextOf(attributes: Attributes, tag: string, characterSet: readonly string[]): string {
  const bytes = bytesOf(attributes, tag)
  if (bytes === undefined) return ''
  const raw = asLatin1(bytes)
  if (raw.includes(ESC)) return withoutPadding(withEscapes(raw, characterSet))
  const isPlain = bytes.every((byte) => byte < 0x80)
  return withoutPadding(isPlain ? raw : decode(raw, encodingOf(characterSet[0] ?? '')))
}

/** The terms of SpecificCharacterSet of a data set; empty for the default repertoire. */
export const characterSetOf = (attributes: Attributes) => textsOf(attributes, TAG.specificCharacterSet)

const decode = (raw: string, encoding: string) =>
  new TextDecoder(encoding).decode(Uint8Array.from(raw, (character) => character.charCodeAt(0)))

/** Text with ISO 2022 escapes. One set beside ASCII is expected, as names are written in practice. */
function withEscapes(raw: string, characterSet: readonly string[]): string {
  const plain = () => raw.replace(ANY_ESCAPE, '')
  // these two keep ASCII in the low half, so one decoder reads the whole value once the escapes are gone
  if (raw.includes(KOREAN)) return decode(plain(), 'euc-kr')
  if (raw.includes(CHINESE)) return decode(plain(), 'gbk')
  if (JAPANESE.some((sequence) => raw.includes(sequence))) return decode(raw, 'iso-2022-jp')
  return decode(plain(), encodingOf(characterSet.findLast((term) => term !== '') ?? ''))
}
