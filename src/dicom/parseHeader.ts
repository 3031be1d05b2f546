import dicomParser, { type Element } from 'dicom-parser'
import { type Attributes, textOf } from './attributes.ts'
import { TAG } from './tags.ts'
import { type DataSetEncoding, type TransferSyntax, transferSyntaxOf } from './transferSyntax.ts'

/** Where a file's data set begins and how it is written. */
export interface FilePreamble {
  readonly transferSyntax: TransferSyntax
  readonly encoding: DataSetEncoding
  readonly mediaStorageSopClassUid: string
  /** Offset of the first element after the file meta information. */
  readonly dataSetStart: number
}

/** The elements before the pixel data, as far as the given bytes reach. */
export interface ParsedHeader {
  readonly attributes: Attributes
  /** The pixel data element with its place in the bytes; its value need not be among them. */
  readonly pixelData: Element | undefined
  /** What stopped the parser before the end of the bytes; undefined when nothing did. */
  readonly stoppedBy: unknown
}

const littleEndian = dicomParser.littleEndianByteArrayParser
const VALUE_REPRESENTATION =
  /^(AE|AS|AT|CS|DA|DS|DT|FD|FL|IS|LO|LT|OB|OD|OF|OL|OV|OW|PN|SH|SL|SQ|SS|ST|SV|TM|UC|UI|UL|UN|UR|US|UT|UV)$/

const asciiAt = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length))

const hasVrAt = (bytes: Uint8Array, start: number) => VALUE_REPRESENTATION.test(asciiAt(bytes, start + 4, 2))

/**
 * Finds where the data set of a DICOM file begins; undefined when the bytes are not DICOM.
 *
 * A file without preamble is taken when it opens with a plausible element of group 0002 or 0008. Some writers state
 * one encoding and write another, so the first element's value representation decides between the two little
 * endian forms.
 * @see DICOM PS3.10 section 7.1
 */
export function readPreamble(bytes: Uint8Array): FilePreamble | undefined {
  if (asciiAt(bytes, 128, 4) === 'DICM') return afterMeta(bytes, 132)
  const [b0, b1, b2, b3] = bytes
  if (b0 === 2 && b1 === 0 && b3 === 0 && hasVrAt(bytes, 0)) return afterMeta(bytes, 0)
  if (b1 === 0 && b0 === 8 && b3 === 0 && b2 !== undefined && b2 <= 0x18)
    return bare(hasVrAt(bytes, 0) ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2')
  if (b0 === 0 && b1 === 8 && b2 === 0 && b3 !== undefined && b3 <= 0x18 && hasVrAt(bytes, 0))
    return bare('1.2.840.10008.1.2.2')
  return undefined
}

function bare(uid: string): FilePreamble {
  const transferSyntax = transferSyntaxOf(uid)
  return { transferSyntax, encoding: transferSyntax.encoding, mediaStorageSopClassUid: '', dataSetStart: 0 }
}

/** Reads the file meta information (always explicit little endian) that starts at `start`. */
function afterMeta(bytes: Uint8Array, start: number): FilePreamble | undefined {
  if (start >= bytes.length) return undefined
  const stream = new dicomParser.ByteStream(littleEndian, bytes, start)
  const elements: Record<string, Element> = {}
  let dataSetStart = start
  try {
    while (stream.position + 8 <= bytes.length && littleEndian.readUint16(bytes, stream.position) === 2) {
      const element = dicomParser.readDicomElementExplicit(stream)
      elements[element.tag] = element
      dataSetStart = stream.position
    }
  } catch {
    // a damaged meta element: what was read before it may still name the transfer syntax
  }
  const meta: Attributes = { byteArray: bytes, byteArrayParser: littleEndian, elements }
  const transferSyntax = transferSyntaxOf(textOf(meta, TAG.transferSyntaxUid) || '1.2.840.10008.1.2.1')
  const { encoding, isDeflated } = transferSyntax
  const isLittle = encoding !== 'explicit-be' && !isDeflated && dataSetStart + 8 <= bytes.length
  return {
    transferSyntax,
    encoding: isLittle ? (hasVrAt(bytes, dataSetStart) ? 'explicit-le' : 'implicit-le') : encoding,
    mediaStorageSopClassUid: textOf(meta, TAG.mediaStorageSopClassUid),
    dataSetStart,
  }
}

/**
 * Parses the elements of a data set up to its pixel data.
 *
 * The bytes may be the first part of a file: then the parser stops where they end, and what was read so far is
 * given with the reason. Nothing is allocated by what a length field claims.
 */
export function parseDataSet(bytes: Uint8Array, start: number, encoding: DataSetEncoding): ParsedHeader {
  const parser = encoding === 'explicit-be' ? dicomParser.bigEndianByteArrayParser : littleEndian
  const elements: Record<string, Element> = {}
  const attributes = { byteArray: bytes, byteArrayParser: parser, elements, warnings: [] }
  const untilTag = TAG.pixelData
  let stoppedBy: unknown
  if (start < bytes.length) {
    try {
      const stream = new dicomParser.ByteStream(parser, bytes, start)
      const dataSet = attributes as unknown as dicomParser.DataSet
      if (encoding === 'implicit-le')
        dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, { untilTag })
      else readExplicit(stream, elements, untilTag)
    } catch (cause) {
      stoppedBy = cause
    }
  }
  return { attributes, pixelData: elements[untilTag], stoppedBy }
}

/** Representations younger than dicom-parser, which takes their length for two bytes. @see DICOM PS3.5 7.1.2 */
const YOUNG_VR = new Set(['OV', 'SV', 'UV'])

/** Reads top-level elements until one has the tag, or the bytes end. */
function readExplicit(
  stream: dicomParser.ByteStream,
  elements: Record<string, Element>,
  untilTag: string,
): void {
  const bytes = stream.byteArray
  while (stream.position < bytes.length) {
    const vr = asciiAt(bytes, stream.position + 4, 2)
    const element = YOUNG_VR.has(vr)
      ? readYoung(stream, vr)
      : dicomParser.readDicomElementExplicit(stream, [], untilTag)
    elements[element.tag] = element
    if (element.tag === untilTag) return
  }
  if (stream.position > bytes.length) throw new RangeError('element beyond the bytes')
}

function readYoung(stream: dicomParser.ByteStream, vr: string): Element {
  const tag = dicomParser.readTag(stream)
  stream.seek(4)
  const length = stream.readUint32()
  const dataOffset = stream.position
  stream.seek(length)
  return { tag, vr, length, dataOffset }
}
