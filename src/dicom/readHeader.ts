import { QctError } from '../core/errors.ts'
import { type ByteSource, blobSource } from './byteSource.ts'
import { inflateRaw } from './inflate.ts'
import { type FilePreamble, type ParsedHeader, parseDataSet, readPreamble } from './parseHeader.ts'

/** A parsed DICOM header, and the bytes its offsets count in. */
export interface FileHeader extends ParsedHeader {
  readonly preamble: FilePreamble
  /** Where pixel data is read from: the file, or its inflated data set. Offsets of elements count in it. */
  readonly source: ByteSource
}

/** Bytes of a file that are read first. Most CT headers end well before; longer ones cost a second read. */
export const FIRST_READ = 32 * 1024
const GROWTH = 8
/** A header of 2 000 enhanced frames is about 4 MiB; what is longer than this is not read. */
const LONGEST_HEADER = 64 * 1024 * 1024
/** Deflated data sets are unpacked in memory, pixels included. */
const LARGEST_INFLATED = 512 * 1024 * 1024

/**
 * Reads the header of a DICOM file, up to its pixel data, with as few bytes as it needs.
 *
 * @param isWanted - Asked with what is known after the first read; `false` ends reading early, so that a large object
 *   that is no image costs one read.
 * @param head - The file's first `FIRST_READ` bytes, or all of a shorter one, where they have been read already.
 * @throws {QctError} `FILE_EMPTY`, `FILE_NOT_DICOM`; `FILE_DAMAGED` when the elements cannot be read;
 *   `INFLATE_TOO_LARGE`.
 */
export async function readHeader(
  blob: Blob,
  isWanted: (header: ParsedHeader, preamble: FilePreamble) => boolean,
  head?: Uint8Array,
): Promise<FileHeader> {
  if (blob.size === 0) throw new QctError('FILE_EMPTY', {})
  const file = blobSource(blob)
  let length = Math.min(FIRST_READ, blob.size)
  let bytes = head?.length === length ? head : await file.read(0, length)
  const preamble = readPreamble(bytes)
  if (preamble === undefined) throw new QctError('FILE_NOT_DICOM', {})
  if (preamble.transferSyntax.isDeflated) return readDeflated(blob, preamble)
  for (;;) {
    const header = parseDataSet(bytes, preamble.dataSetStart, preamble.encoding)
    const isWhole = length >= blob.size
    if (header.pixelData !== undefined || isWhole || !isWanted(header, preamble))
      return checked({ ...header, preamble, source: file }, isWhole)
    if (length >= LONGEST_HEADER) throw new QctError('FILE_DAMAGED', { found: 'endless header' })
    length = Math.min(length * GROWTH, LONGEST_HEADER, blob.size)
    bytes = await file.read(0, length)
  }
}

async function readDeflated(blob: Blob, preamble: FilePreamble): Promise<FileHeader> {
  const inflate = () => inflateRaw(blob.slice(preamble.dataSetStart), LARGEST_INFLATED)
  const bytes = await inflate()
  const header = parseDataSet(bytes, 0, preamble.encoding)
  // The inflated bytes may go between header and pixels, so that a deflated series is never held whole.
  let kept = new WeakRef(bytes)
  const source: ByteSource = {
    size: bytes.length,
    read: async (start, end) => {
      const inflated = kept.deref() ?? (await inflate())
      kept = new WeakRef(inflated)
      return inflated.slice(start, end)
    },
  }
  return checked({ ...header, preamble, source }, true)
}

/** A whole file whose elements end in a fault before any pixel data is damaged, not merely an image without pixels. */
function checked(header: FileHeader, isWhole: boolean): FileHeader {
  if (isWhole && header.pixelData === undefined && header.stoppedBy !== undefined)
    throw new QctError('FILE_DAMAGED', { found: 'element lengths' }, { cause: header.stoppedBy })
  return header
}
